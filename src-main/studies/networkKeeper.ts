import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bestTrials } from '../../src-core/progress/best.ts'
import type { TrialRow } from '../../src-core/progress/readModel.ts'
import { isNetworkFile } from '../library/studyFolder.ts'

/** Keeps the trained networks of the best trials on disk, and no others. */
export class NetworkKeeper {
  private readonly folder: string
  private readonly keep: number

  constructor(folder: string, keep: number) {
    this.folder = folder
    this.keep = keep
    mkdirSync(folder, { recursive: true })
  }

  /**
   * Removes networks that no trial refers to: a worker or the application died while one was written. Whatever else
   * somebody has put there is not ours to remove.
   */
  sweep(rows: Iterable<TrialRow>): void {
    const known = new Set([...rows].map(({ networkFile }) => networkFile))
    for (const file of readdirSync(this.folder)) if (isNetworkFile(file) && !known.has(file)) this.remove(file)
  }

  /** The trials whose networks are kept no longer, now that these are all trials. */
  surplus(rows: Iterable<TrialRow>): (TrialRow & { readonly networkFile: string })[] {
    const kept = [...rows].filter(hasNetwork)
    if (kept.length <= this.keep) return []
    const best = new Set(bestTrials(kept, this.keep).map(({ number }) => number))
    return kept.filter(({ number }) => !best.has(number))
  }

  remove(file: string): void {
    rmSync(join(this.folder, file), { force: true })
  }
}

const hasNetwork = (row: TrialRow): row is TrialRow & { readonly networkFile: string } => row.networkFile !== null
