/** The studies of an experiment: its members, and the order in which they run. */
import { SpiketuneError } from '../errors/spiketuneError.ts'
import type { StudyDefinition } from '../study/definition.ts'

interface ExperimentVariant {
  readonly name: string
  readonly seeds: readonly number[]
  /** That of its first study; the others differ in name and seed. */
  readonly definition: StudyDefinition
}

/** An experiment with everything that it needs to run. */
export interface ExperimentPlan {
  readonly name: string
  readonly description: string
  readonly variants: readonly ExperimentVariant[]
}

/** One study of an experiment. */
export interface Member {
  readonly variant: string
  readonly seed: number
}

/** Beyond this nobody waits for the last. */
export const mostMembers = 1000

/** As `studyDefinitionSchema` has it. */
export const longestStudyName = 64

export const memberName = (experiment: string, variant: string, seed: number): string =>
  `${experiment}-${variant}-seed${seed}`

/** Seed by seed over the variants, so that an experiment that is not done compares like with like. */
export const membersOf = ({ variants }: Pick<ExperimentPlan, 'variants'>): readonly Member[] => {
  const most = Math.max(...variants.map(({ seeds }) => seeds.length))
  return Array.from({ length: most }, (_, place) => place).flatMap((place) =>
    variants.flatMap(({ name, seeds }) => {
      const seed = seeds[place]
      return seed === undefined ? [] : [{ variant: name, seed }]
    }),
  )
}

/** The definition of a member: that of its variant with a name and a seed of its own. @throws Error where there is no such variant */
export const memberDefinition = ({ name, variants }: ExperimentPlan, { variant, seed }: Member): StudyDefinition => {
  const found = variants.find((one) => one.name === variant)
  if (found === undefined) throw new Error(`the experiment ${name} has no variant ${variant}`)
  const { definition } = found
  return Object.freeze({
    ...definition,
    name: memberName(name, variant, seed),
    seeds: Object.freeze({ ...definition.seeds, optimiser: seed }),
  })
}

export const isSameMember = (a: Member, b: Member): boolean => a.variant === b.variant && a.seed === b.seed

/** The experiment under another name. @throws SpiketuneError definition-invalid, where names of its studies would be too long */
export const renamed = (plan: ExperimentPlan, name: string): ExperimentPlan => {
  const long = membersOf(plan)
    .map(({ variant, seed }) => memberName(name, variant, seed))
    .find((study) => study.length > longestStudyName)
  if (long !== undefined) {
    throw new SpiketuneError(
      'definition-invalid',
      `The name "${name}" is too long: its study ${long} would have ${long.length} characters, ${longestStudyName} are allowed.`,
    )
  }
  return { ...plan, name }
}
