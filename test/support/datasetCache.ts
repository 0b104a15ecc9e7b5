import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder } from '../../resources/scripts/common/cacheFolder.mjs'

/** What no other run shares: datasets as they are converted, and sockets of studies in the background. */
const ownOfTests = new Set(['datasets', 'background'])

/**
 * Datasets are converted once for all tests of a run, and not into the folder of the person who runs them. What the
 * set-up keeps there, runtimes and builds, is the person's own: made anew it would take minutes.
 */
export default function datasetCache(): () => void {
  const persons = cacheFolder()
  const folder = mkdtempSync(join(tmpdir(), 'spiketune-cache-'))
  for (const name of existsSync(persons) ? readdirSync(persons) : []) {
    if (!ownOfTests.has(name)) symlinkSync(join(persons, name), join(folder, name))
  }
  process.env['SPIKETUNE_CACHE'] = folder
  return () => {
    rmSync(folder, { recursive: true, force: true })
  }
}
