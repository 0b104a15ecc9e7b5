import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { isInstalled } from '../files/programName.ts'

/** Chromium refuses to start as root with its sandbox on; nobody else should run without it. */
const rootArguments = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])

/**
 * Opens the window and waits for its end: an installed one is this same program, not run as Node; in a clone its start script knows
 * the runtime.
 *
 * @param startScript of a clone
 * @returns its exit code
 */
export const openWindow = async (startScript: URL, words: readonly string[]): Promise<number> => {
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env
  if (isInstalled && process.platform === 'linux' && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) {
    throw new SpiketuneError(
      'no-display',
      'There is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set. Run this in a desktop session or over `ssh -X`.',
    )
  }
  const args = isInstalled ? [...rootArguments(), ...words] : [fileURLToPath(startScript), ...words]
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    env: isInstalled ? environment : process.env,
  })
  // Ctrl-C reaches the window too: it ends in order, and this waits for it.
  const wait = (): void => undefined
  process.on('SIGINT', wait)
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code) => {
        resolve(code ?? 1)
      })
    })
  } finally {
    process.off('SIGINT', wait)
  }
}
