/**
 * @param {string} root the project's folder, which Electron starts as the application
 * @param {readonly string[]} userArguments
 * @param {boolean} asRoot Chromium refuses to start as root with its sandbox on; nobody else should run without it
 * @returns {string[]}
 */
export const electronArguments = (root, userArguments, asRoot) => [
  ...(asRoot ? ['--no-sandbox'] : []),
  root,
  ...userArguments,
]

/**
 * @param {string} platform as process.platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} what to do when there is no display to open a window on; empty when there is one
 */
export const whyNoDisplay = (platform, env) => {
  if (platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY) return ''
  return (
    'there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).\n' +
    'Run this in a desktop session or over `ssh -X`; without a screen: xvfb-run -a npm start\n' +
    'Everything also works on the command line: node out/main/cli.js --help'
  )
}
