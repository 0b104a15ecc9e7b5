import type { EvaluationRequest } from '../../../../src-core/contracts/worker.ts'
import type { Configuration } from '../../../../src-core/space/parameter.ts'
import { studyDefinitionSchema } from '../../../../src-core/study/definition.ts'
import { resolveHyperparameters } from '../../../../src-core/study/resolveHyperparameters.ts'

/** A study of networks that evolve to tell irises apart, unless they are to do something else. */
export const evolvedDefinition = (changes: Readonly<Record<string, unknown>> = {}): EvaluationRequest['definition'] =>
  studyDefinitionSchema.parse({
    version: 2,
    name: 'evolved',
    dataset: { name: 'iris', trainFraction: 0.6667 },
    network: { type: 'neuroprocessor' },
    training: { algorithm: 'eons' },
    silence: { interval: 10, layers: [{ layer: 'population', alpha: 1, beta: 0.9 }] },
    optimiser: { type: 'random' },
    budget: { trials: 1 },
    ...changes,
  })

export const evolvedRequest = (
  definition: EvaluationRequest['definition'],
  point: Configuration = {},
  changes: Partial<EvaluationRequest> = {},
): EvaluationRequest => ({
  trial: 0,
  attempt: 1,
  definition,
  hyperparameters: resolveHyperparameters({ network: definition.network, space: {}, fixed: point }, {}),
  seed: 7,
  networkPath: null,
  ...changes,
})
