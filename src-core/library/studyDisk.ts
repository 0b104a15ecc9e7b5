/** What a study keeps on the disk, and what of its networks can go. */
import { z } from 'zod'
import { bestTrials } from '../progress/best.ts'
import type { TrialRow } from '../progress/readModel.ts'

const diskPartSchema = z.strictObject({
  kind: z.enum(['database', 'networks', 'checkpoints', 'retrained', 'other']),
  files: z.int().min(0),
  bytes: z.number().min(0),
})
export type DiskPart = z.infer<typeof diskPartSchema>

export const studyDiskSchema = z.strictObject({
  /** Largest first. */
  parts: z.array(diskPartSchema),
})
export type StudyDisk = z.infer<typeof studyDiskSchema>

/** What each part is for, and whether it can be made anew. */
export const diskPartWords: Readonly<Record<DiskPart['kind'], { readonly title: string; readonly text: string }>> = {
  database: { title: 'Database', text: 'trials and everything that was measured' },
  networks: { title: 'Networks', text: 'trained networks of the best and the pinned trials' },
  checkpoints: { title: 'Checkpoints', text: 'what interrupted trials go on from' },
  retrained: { title: 'Retrained', text: 'networks trained again to be looked into; made anew when needed' },
  other: { title: 'Other', text: 'its definition, its lock, and what somebody put there' },
}

/** What a file is for. @param path within the folder of the study */
export const diskPartOf = (path: string, database: string): DiskPart['kind'] => {
  const [first = ''] = path.split(/[/\\]/)
  if (first === 'networks' || first === 'checkpoints' || first === 'retrained') return first
  return first.startsWith(database) ? 'database' : 'other'
}

export const diskTotal = ({ parts }: StudyDisk): number => parts.reduce((sum, { bytes }) => sum + bytes, 0)

type Kept = TrialRow & { readonly networkFile: string }

/** Trials whose networks go when those of the `keep` best and the pinned ones stay. */
export const surplusNetworks = (rows: Iterable<TrialRow>, keep: number): Kept[] => {
  const kept = [...rows].filter((row): row is Kept => row.networkFile !== null)
  if (kept.length <= keep) return []
  const best = new Set(bestTrials(kept, keep).map(({ number }) => number))
  return kept.filter(({ number, annotation }) => !best.has(number) && !annotation.pinned)
}
