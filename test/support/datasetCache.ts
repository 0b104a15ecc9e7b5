import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Datasets are converted once for all tests of a run, and not into the folder of the person who runs them. */
export default function datasetCache(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'spiketune-cache-'))
  process.env['SPIKETUNE_CACHE'] = folder
  return () => {
    rmSync(folder, { recursive: true, force: true })
  }
}
