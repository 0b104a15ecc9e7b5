import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import { deriveSeed, type Seed } from '../../src-core/random/seed.ts'
import { raceEnd } from '../../src-core/stopping/racing.ts'
import { joinReplicates, type TrainedReplicate } from '../../src-core/trial/joinReplicates.ts'
import type { Measurement, TrialStop } from '../../src-core/trial/measurement.ts'
import { DeviceLost } from '../engines/layered/tensorflow/deviceErrors.ts'
import { Cancelled, ReplicateFailed } from './failure.ts'

/** What one training of a trial came to. */
export interface Trained {
  readonly measurement: Measurement
  readonly stop: TrialStop | null
}

/** The seed of a replicate, counted from 0: the first is the trial as it would be alone. */
const replicateSeed = (seed: Seed, index: number): Seed => (index === 0 ? seed : deriveSeed(seed, 'replicate', index))

/**
 * Trains a trial as often as it is asked for, one after the other, until the last or until a race ends it.
 * @param train one training of it, from 0
 * @throws {ReplicateFailed} when one of several failed; whatever `train` throws, of one alone
 */
export const trainReplicates = async (
  { definition, seed, replicates = 1, incumbent }: EvaluationRequest,
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
      if (error instanceof DeviceLost || error instanceof Cancelled) throw error
      throw new ReplicateFailed(index + 1, replicates, error)
    }
  }
  const race = { planned: replicates, incumbent: incumbent ?? null }
  const first = await trainOne(0)
  const others: TrainedReplicate[] = []
  while (others.length < replicates - 1) {
    others.push(await trainOne(others.length + 1))
    const measured = [first, ...others].map(({ measurement }) => measurement)
    const end = definition.racing ? raceEnd(measured, race) : null
    if (end !== null) return joinReplicates(first, others, end)
  }
  return joinReplicates(first, others, null)
}
