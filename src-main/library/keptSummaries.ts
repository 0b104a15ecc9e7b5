/**
 * What a list says of the studies of a library, kept in the cache between runs: to open the database of each and read its
 * definition takes a hundred times longer. What is kept of a study is believed only while its files are the same: their
 * stamp (which file it is, its size, and when it was changed last) is different after every write to the database.
 */
import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { studySummarySchema } from '../../src-core/progress/readModel.ts'
import { networkTypes } from '../../src-core/study/networkSchema.ts'
import { workersSchema } from '../../src-core/study/workersSchema.ts'
import { writeWhole } from '../files/writeWhole.ts'
import type { StudyPaths } from '../files/studyFolder.ts'

/**
 * Clocks of file systems tick; what is written within the same tick as a look has the same time. What was changed this
 * recently may be changed again without a sign of it, and is not kept.
 */
const settledAfterMs = 2000

/** What of a summary does not depend on the machine, on who looks at the study, or on where it lies. */
const keptSchema = z.strictObject({
  stamp: z.string(),
  summary: studySummarySchema.omit({
    id: true,
    folder: true,
    readOnly: true,
    workers: true,
    workersWanted: true,
    timeLeftMs: true,
    folderProtected: true,
    databaseHeld: true,
    waitsFor: true,
    confirming: true,
  }),
  /** Workers that a person wants, and what decides otherwise. */
  wanted: z.int().nullable(),
  workers: z.strictObject({
    workers: workersSchema,
    network: z.strictObject({ type: z.enum(networkTypes) }),
  }),
})
export type KeptSummary = z.infer<typeof keptSchema>

/** The files of a study as they are now. */
export interface StudyFiles {
  readonly stamp: string
  /** When anything of them was changed last, copying included. */
  readonly changedAtMs: number
  /** When the database was written to last; a copy keeps it. */
  readonly writtenAtMs: number
  /** Someone has the database open, or died with it open. */
  readonly inUse: boolean
}

/** The files before a summary was read, and after that. */
interface Looks {
  readonly before: StudyFiles
  readonly after: StudyFiles | null
  readonly nowMs: number
}

/** A look at the files of a study; null: there is no database. */
export const filesOf = ({ database, networks, checkpoints, retrained }: StudyPaths): StudyFiles | null => {
  const look = (path: string) => statSync(path, { bigint: true, throwIfNoEntry: false })
  const main = look(database)
  if (main === undefined) return null
  const log = look(`${database}-wal`)
  // A look at the database leaves an empty one.
  const folders = [networks, checkpoints, retrained].map(look)
  const parts = [main, log !== undefined && log.size > 0n ? log : undefined, ...folders]
  return {
    stamp: parts
      .map((file) => (file ? [file.dev, file.ino, file.size, file.mtimeNs, file.ctimeNs].join(':') : 'none'))
      .join(' '),
    changedAtMs: Math.max(...parts.map((file) => Number(file?.ctimeMs ?? 0n))),
    writtenAtMs: Math.max(Number(main.mtimeMs), Number(log?.mtimeMs ?? 0n)) + 1,
    inUse: log !== undefined,
  }
}

const nameIn = (text: string): string | null => {
  try {
    return z.string().parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** With a hash before it: a file that has rotted must not show other numbers. What decides on the place in a list comes first. */
const encoded = (kept: KeptSummary): string => {
  const text = [kept.summary.updatedAtMs, kept.stamp, JSON.stringify(kept)].join('\t')
  return `${hashOf(text)}\t${text}`
}

const decoded = (line: string): KeptSummary | null => {
  const end = line.indexOf('\t')
  const text = line.slice(end + 1)
  if (hashOf(text) !== line.slice(0, Math.max(0, end))) return null
  return keptSchema.safeParse(JSON.parse(text.slice(text.lastIndexOf('\t') + 1))).data ?? null
}

export class KeptSummaries {
  readonly #file: string | null
  /** By the names of the folders, as lines of the file; what they say is read when somebody asks. */
  readonly #kept = new Map<string, { readonly line: string; summary: KeptSummary | null | undefined }>()
  #loaded: Promise<void> | null = null
  #changed = false

  /** @param folder the cache; null: nothing is kept. @param application its version: another one may read studies differently */
  constructor(folder: string | null, library: string, application: string) {
    const name = hashOf(JSON.stringify([library, application]))
    this.#file = folder === null ? null : join(folder, 'libraries', `${name}.txt`)
  }

  /** Reads what an earlier run has kept; once. */
  load(): Promise<void> {
    return (this.#loaded ??= this.#read())
  }

  /** What is kept of a study whose files have this stamp. */
  of(name: string, { stamp }: StudyFiles): KeptSummary | null {
    const known = this.#kept.get(name)
    if (known === undefined) return null
    if (known.summary === undefined) known.summary = decoded(known.line)
    return known.summary?.stamp === stamp ? known.summary : null
  }

  /** When a study whose files have this stamp was used last, by what is kept of it, without reading all of that; null: it is not kept. */
  usedAtMs(name: string, { stamp }: StudyFiles): number | null {
    const [, usedAtMs, keptStamp] = this.#kept.get(name)?.line.split('\t', 3) ?? []
    return keptStamp === stamp ? Number(usedAtMs) : null
  }

  keep(name: string, kept: Omit<KeptSummary, 'stamp'>, { before, after, nowMs }: Looks): void {
    if (before.stamp !== after?.stamp || nowMs - before.changedAtMs < settledAfterMs) return
    const summary = { ...kept, stamp: before.stamp }
    this.#kept.set(name, { line: encoded(summary), summary })
    this.#changed = true
  }

  /** Writes what is kept of these studies, and forgets all others. What cannot be written is read again the next time. */
  async save(names: readonly string[]): Promise<void> {
    if (!this.#changed || this.#file === null) return
    this.#changed = false
    const lines = names.flatMap((name) => {
      const kept = this.#kept.get(name)
      return kept === undefined ? [] : [`${JSON.stringify(name)}\t${kept.line}`]
    })
    try {
      await mkdir(dirname(this.#file), { recursive: true })
      await writeWhole(this.#file, lines.join('\n'))
    } catch {
      this.#changed = true
    }
  }

  async #read(): Promise<void> {
    if (this.#file === null) return
    const text = await readFile(this.#file, 'utf8').catch(() => '')
    for (const line of text.split('\n')) {
      const end = line.indexOf('\t')
      const name = end < 0 ? null : nameIn(line.slice(0, end))
      if (name !== null) this.#kept.set(name, { line: line.slice(end + 1), summary: undefined })
    }
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
