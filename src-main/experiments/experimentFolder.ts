/**
 * Experiments as they are stored: a folder in the library with what was asked for, and which study is which. Everything else is in
 * the studies themselves.
 *
 *   <library>/experiments/<name>/
 *     experiment.yaml   as it was given
 *     plan.json         the variants with their complete definitions; never changed
 *     members.json      the folder of each study that was begun
 *     runner.lock       held by the application that runs it
 */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type ExperimentPlan, isSameMember, type Member } from '../../src-core/experiment/experimentPlan.ts'
import { decodeDefinition } from '../../src-core/study/decodeDefinition.ts'
import { definitionToYaml } from '../../src-core/study/definitionToYaml.ts'
import { explainFileError } from '../files/fileErrors.ts'
import { studyPaths, unfinishedPrefix } from '../files/studyFolder.ts'
import { writeWhole } from '../files/writeWhole.ts'
import type { Clock } from '../scheduler/clock.ts'
import { isWriterLocked, takeWriterLock, type WriterLock } from '../storage/writerLock.ts'

const experimentsFolder = (library: string): string => join(library, 'experiments')

const memberSchema = z.strictObject({ variant: z.string(), seed: z.int() })

const planSchema = z.strictObject({
  version: z.literal(1),
  /** Of this experiment, and of no other that ever had its name. */
  id: z.string(),
  name: z.string(),
  description: z.string(),
  createdAtMs: z.number(),
  variants: z.array(z.strictObject({ name: z.string(), seeds: z.array(z.int()), definition: z.string() })),
})

const membersSchema = z.strictObject({
  version: z.literal(1),
  members: z.array(memberSchema.extend({ study: z.string() })),
})
type MemberRecord = z.infer<typeof membersSchema>['members'][number]

/** What a study's folder says of the experiment that it was made for. */
const markSchema = z.strictObject({
  version: z.literal(1),
  experiment: z.string(),
  id: z.string(),
  ...memberSchema.shape,
})
export type MemberMark = z.infer<typeof markSchema>

/** Names of the experiments of a library. */
export const experimentNames = (library: string): string[] => {
  const folder = experimentsFolder(library)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => !name.startsWith(unfinishedPrefix) && existsSync(join(folder, name, 'plan.json')))
    .sort()
}

/** Stores an experiment, whole or not at all. @throws SpiketuneError experiment-exists */
export const createExperiment = (
  library: string,
  plan: ExperimentPlan,
  source: string,
  clock: Pick<Clock, 'now'>,
): StoredExperiment => {
  const folder = join(experimentsFolder(library), plan.name)
  const unfinished = join(experimentsFolder(library), `${unfinishedPrefix}${randomUUID()}`)
  const stored: z.infer<typeof planSchema> = {
    version: 1,
    id: randomUUID(),
    name: plan.name,
    description: plan.description,
    createdAtMs: clock.now(),
    variants: plan.variants.map(({ name, seeds, definition }) => ({
      name,
      seeds: [...seeds],
      definition: definitionToYaml(definition),
    })),
  }
  if (existsSync(folder)) throw experimentExists(plan.name)
  try {
    mkdirSync(unfinished, { recursive: true })
    writeFileSync(join(unfinished, 'experiment.yaml'), source)
    writeFileSync(join(unfinished, 'plan.json'), `${JSON.stringify(stored, null, 2)}\n`)
    writeFileSync(join(unfinished, 'members.json'), membersText([]))
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    // Another application was quicker.
    if (existsSync(folder)) throw experimentExists(plan.name)
    throw explainFileError(error, library)
  }
  return new StoredExperiment(library, stored, plan)
}

/** @throws SpiketuneError experiment-not-found, experiment-damaged */
export const openExperiment = (library: string, name: string): StoredExperiment => {
  const names = experimentNames(library)
  if (!names.includes(name)) {
    const known = names.length === 0 ? 'It holds none.' : `It holds: ${names.join(', ')}.`
    throw new SpiketuneError(
      'experiment-not-found',
      `There is no experiment "${name}" in the library ${library}. ${known}`,
    )
  }
  const file = join(experimentsFolder(library), name, 'plan.json')
  const stored = readStored(file, planSchema)
  try {
    const variants = stored.variants.map(({ definition, ...variant }) => ({
      ...variant,
      definition: decodeDefinition(definition, file, 'stored'),
    }))
    return new StoredExperiment(library, stored, { name, description: stored.description, variants })
  } catch (error) {
    throw damaged(file, error)
  }
}

const membersText = (members: MemberRecord[]): string =>
  `${JSON.stringify({ version: 1, members } satisfies z.infer<typeof membersSchema>, null, 2)}\n`

const readStored = <Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> => {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw damaged(file, error)
  }
}

const damaged = (file: string, error: unknown): SpiketuneError =>
  new SpiketuneError(
    'experiment-damaged',
    `The experiment cannot be read: ${file} is damaged, or of another version of Spiketune. Its studies are whole, and can be resumed one by one.`,
    { details: error instanceof Error ? error.message : String(error), cause: error },
  )

const experimentExists = (name: string): SpiketuneError =>
  new SpiketuneError('experiment-exists', `There is an experiment "${name}" in the library already.`)

export const experimentRunning = (name: string): SpiketuneError =>
  new SpiketuneError('experiment-running', `Another application runs the experiment "${name}" already.`)

/** An experiment in a library. */
export class StoredExperiment {
  readonly folder: string
  readonly plan: ExperimentPlan
  readonly createdAtMs: number
  /** The folder of its library. */
  readonly library: string
  readonly #id: string

  constructor(
    library: string,
    { id, createdAtMs }: { readonly id: string; readonly createdAtMs: number },
    plan: ExperimentPlan,
  ) {
    this.library = library
    this.#id = id
    this.folder = join(experimentsFolder(library), plan.name)
    this.createdAtMs = createdAtMs
    this.plan = plan
  }

  get name(): string {
    return this.plan.name
  }

  /** The text that it was made from. */
  get source(): string {
    const file = join(this.folder, 'experiment.yaml')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  /** What the folder of a member's study is to say. */
  markOf({ variant, seed }: Member): MemberMark {
    return { version: 1, experiment: this.name, id: this.#id, variant, seed }
  }

  /**
   * The folder of each member that was begun. One that was made when its application died is found by what its folder says, and so is one
   * that has another name now. @throws SpiketuneError experiment-damaged
   */
  studies(members: readonly Member[]): (string | null)[] {
    const recorded = this.#recorded()
    const known = members.map((member) => recorded.find((one) => isSameMember(one, member))?.study ?? null)
    if (known.every((study) => study !== null && this.isThere(study))) return known
    const found = this.#marked(new Set(known.filter((study) => study !== null)))
    return known.map((study, index) => {
      const member = members[index]
      if ((study !== null && this.isThere(study)) || member === undefined) return study
      return found.find(({ mark }) => isSameMember(mark, member))?.study ?? study
    })
  }

  isThere(study: string): boolean {
    return existsSync(studyPaths(join(this.library, study)).database)
  }

  /** Stores which folder a member has. */
  async record(member: Member, study: string): Promise<void> {
    const others = this.#recorded().filter((one) => !isSameMember(one, member))
    await writeWhole(this.#membersFile, membersText([...others, { ...member, study }]))
  }

  /** The right to run it. @throws SpiketuneError experiment-running */
  lock(): WriterLock {
    const lock = takeWriterLock(this.#lockFile)
    if (lock !== null) return lock
    throw experimentRunning(this.name)
  }

  isRunning(): boolean {
    return isWriterLocked(this.#lockFile)
  }

  /** Forgets the experiment; its studies stay. @throws SpiketuneError experiment-running */
  forget(): void {
    const lock = this.lock()
    try {
      rmSync(this.folder, { recursive: true, force: true })
    } catch (error) {
      throw explainFileError(error, this.folder)
    } finally {
      lock.release()
    }
  }

  get #membersFile(): string {
    return join(this.folder, 'members.json')
  }

  get #lockFile(): string {
    return join(this.folder, 'runner.lock')
  }

  #recorded(): readonly MemberRecord[] {
    return readStored(this.#membersFile, membersSchema).members
  }

  /** Folders in the library that were made for this experiment, but for those that are known. */
  #marked(known: ReadonlySet<string>): { readonly study: string; readonly mark: MemberMark }[] {
    return readdirSync(this.library, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(unfinishedPrefix) && !known.has(entry.name))
      .flatMap(({ name }) => {
        const mark = readMark(studyPaths(join(this.library, name)).member)
        return mark !== null && mark.id === this.#id && this.isThere(name) ? [{ study: name, mark }] : []
      })
  }
}

/** Null: it was made for no experiment, as far as can be read. */
const readMark = (file: string): MemberMark | null => {
  if (!existsSync(file)) return null
  try {
    return markSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
