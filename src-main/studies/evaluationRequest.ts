import { join } from 'node:path'
import type { EvaluationRequest } from '../../src-core/contracts/worker.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'
import type { RunningTrial } from '../../src-core/trial/trial.ts'
import { networkFileName } from '../files/studyFolder.ts'

/** What a worker is asked for a trial.
 * @param networks the folder for its trained network; null: it is not kept
 * @param checkpoint where and how often it writes one; absent: nowhere
 */
export const evaluationRequest = (
  definition: StudyDefinition,
  trial: RunningTrial,
  networks: string | null,
  checkpoint?: NonNullable<EvaluationRequest['checkpoint']>,
): EvaluationRequest => ({
  trial: trial.number,
  attempt: trial.attempt,
  definition,
  hyperparameters: resolveHyperparameters(definition, trial.configuration),
  seed: trial.seed,
  networkPath: networks === null ? null : join(networks, networkFileName(trial.number)),
  ...(definition.replicates > 1 && { replicates: definition.replicates }),
  ...(typeof trial.incumbent === 'number' && { incumbent: trial.incumbent }),
  ...(checkpoint !== undefined && { checkpoint }),
  ...pruningOf(definition),
})

/** An exported configuration ends where its trial was pruned; where there is a space, the trials are no longer that one. */
const pruningOf = ({ pruning, provenance, space }: StudyDefinition): Pick<EvaluationRequest, 'judged' | 'pruned'> =>
  provenance?.pruned !== undefined && Object.keys(space).length === 0
    ? { pruned: provenance.pruned }
    : { judged: pruning.rule !== 'none' }
