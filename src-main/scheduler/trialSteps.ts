import type { StudyWords } from '../../src-core/study/studyWords.ts'
import type { Ask } from '../../src-core/optimiser/optimiser.ts'
import { deriveSeed, type Seed } from '../../src-core/random/seed.ts'
import { replicateText } from '../../src-core/progress/replicatesText.ts'
import type { Configuration } from '../../src-core/space/parameter.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { askedByPerson } from '../../src-core/trial/origin.ts'
import type { RunningTrial, TrialNumber, WaitingTrial } from '../../src-core/trial/trial.ts'
import { transition } from '../../src-core/trial/transition.ts'

/** The trial that an optimiser's candidate becomes. Its seed depends on the study's seeds and its number alone. */
export const trialOf = (
  { seeds }: StudyDefinition,
  number: TrialNumber,
  { configuration, explanation }: Extract<Ask, { kind: 'candidate' }>,
  createdAtMs: number,
): WaitingTrial => {
  const seed = seeds.network ?? deriveSeed(seeds.optimiser, 'trial', number)
  return { state: 'waiting', number, configuration, seed, explanation, attempt: 0, createdAtMs }
}

/** The trial that a person asks for; without a seed it gets the one of its number. */
export const enqueuedTrial = (
  definition: StudyDefinition,
  number: TrialNumber,
  { configuration, seed }: { readonly configuration: Configuration; readonly seed: Seed | null },
  createdAtMs: number,
): WaitingTrial => {
  const wish = { kind: 'candidate', configuration, explanation: askedByPerson } as const
  const trial = trialOf(definition, number, wish, createdAtMs)
  return seed === null ? trial : { ...trial, seed }
}

/** The trial with a worker. @param incumbent what its replicates race against; left out where nothing races */
export const claimed = (trial: WaitingTrial, worker: string, atMs: number, incumbent?: number | null): RunningTrial => {
  const moved = transition(trial, { kind: 'claimed', worker, atMs, incumbent })
  if (moved.state !== 'running') throw new Error(`trial ${trial.number} was claimed and is ${moved.state}`)
  return moved
}

/** The trial without its worker, through no fault of its own. */
export const requeued = (trial: RunningTrial): WaitingTrial => {
  const moved = transition(trial, { kind: 'requeued' })
  if (moved.state !== 'waiting') throw new Error(`trial ${trial.number} was requeued and is ${moved.state}`)
  return moved
}

/** How far a running trial has come, in words that end a sentence. */
export const reached = ({ progress }: RunningTrial, { pass, unit, learned: shown }: StudyWords): string => {
  if (progress === null) return 'before it had begun to train'
  const { phase, samplesDone, samplesPlanned, epoch, epochs, lastInterval, replicate } = progress
  const accuracy = lastInterval?.trainAccuracy ?? null
  const learned = accuracy === null ? '' : `, ${shown} ${accuracy.toFixed(4)}`
  const tested = phase === 'testing' ? 'in the test' : `in ${pass} ${epoch + 1} of ${epochs}`
  const where = replicate === undefined ? tested : `${tested} of ${replicateText(replicate)}`
  return `${where}, at ${unit} ${samplesDone} of ${samplesPlanned}${learned}`
}
