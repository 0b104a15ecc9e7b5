import { basename } from 'node:path'

/**
 * The command that runs npm: the npm that started this script when there is one, as another may be first in PATH.
 *
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string, args: string[] }}
 */
export const npmCommand = (args, env = process.env) => {
  const running = env.npm_execpath
  if (running && basename(running) === 'npm-cli.js') return { command: process.execPath, args: [running, ...args] }
  return process.platform === 'win32'
    ? { command: 'cmd', args: ['/d', '/c', 'npm', ...args] }
    : { command: 'npm', args: [...args] }
}

/**
 * The environment for an npm that must not take the running install's project, script or dry-run settings for its own.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export const npmEnvironment = (env = process.env) => {
  const project =
    /^(npm_package_|npm_lifecycle_|npm_config_(local_prefix|prefix|global|omit|include|dry_run|save|package_lock_only)$)/i
  return Object.fromEntries(Object.entries(env).filter(([name]) => !project.test(name)))
}
