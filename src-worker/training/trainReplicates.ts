import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { deriveSeed, type Seed } from '../../src-core/random/seed.ts'
import { raceEnd } from '../../src-core/stopping/racing.ts'
import { joinReplicates, type TrainedReplicate } from '../../src-core/trial/joinReplicates.ts'
import type { Measurement, RaceEnd, TrialStop } from '../../src-core/trial/measurement.ts'
import { DeviceLost } from '../engines/layered/tensorflow/deviceErrors.ts'
import { UnfitCheckpoint } from '../checkpoint/unfitCheckpoint.ts'
import { Cancelled, Paused, ReplicateFailed } from './failure.ts'

/** What one training of a trial came to. */
export interface Trained {
  readonly measurement: Measurement
  readonly stop: TrialStop | null
}

/** The seed of a replicate, counted from 0: the first is the trial as it would be alone. */
const replicateSeed = (seed: Seed, index: number): Seed => (index === 0 ? seed : deriveSeed(seed, 'replicate', index))

/**
 * Trains a trial as often as it is asked for, one after the other, until the last or until a race ends it.
 * @param done replicates that were trained before, if it has several; those that follow are added
 * @param train one training of it, from 0
 * @throws {ReplicateFailed} when one of several failed; whatever `train` throws, of one alone
 */
export const trainReplicates = async (
  { definition, seed, replicates = 1, incumbent }: EvaluationRequest,
  done: TrainedReplicate[],
  train: (seed: Seed, index: number) => Promise<Trained>,
): Promise<Trained> => {
  if (replicates === 1) return train(seed, 0)
  const trainOne = async (index: number): Promise<TrainedReplicate> => {
    const own = replicateSeed(seed, index)
    try {
      const { measurement, stop } = await train(own, index)
      if (stop?.kind === 'pruned') throw new Error('one of several trainings was pruned')
      return { seed: own, measurement, stop }
    } catch (error) {
      if (isNoFailure(error)) throw error
      throw new ReplicateFailed(index + 1, replicates, error)
    }
  }
  const race = { planned: replicates, incumbent: incumbent ?? null }
  if (done.length === 0) done.push(await trainOne(0))
  const joined = (end: RaceEnd | null): Trained => {
    const [first, ...others] = done
    if (first === undefined) throw new Error('no replicate was trained')
    return joinReplicates(first, others, end)
  }
  while (done.length < replicates) {
    done.push(await trainOne(done.length))
    const measured = done.map(({ measurement }) => measurement)
    const end = definition.racing ? raceEnd(measured, race) : null
    if (end !== null) return joined(end)
  }
  return joined(null)
}

/** What ends a training without a word on the trial. */
const isNoFailure = (error: unknown): boolean =>
  [DeviceLost, Cancelled, Paused, UnfitCheckpoint].some((kind) => error instanceof kind)
