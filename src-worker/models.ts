/** Entry of the thread that models one study for the window: its finished trials come once, reports and maps are asked for. */
import { readFileSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { modelsRequestSchema } from '../src-core/contracts/studyModels.ts'
import { modelMap, modelReport } from '../src-core/diagnostics/studyModels.ts'
import type { Surrogate } from '../src-core/diagnostics/surrogate.ts'
import { surrogatesOf } from '../src-core/diagnostics/surrogates.ts'
import { studyDefinitionSchema } from '../src-core/study/definition.ts'
import type { FinishedTrial } from '../src-core/trial/trial.ts'
import { answerRequests } from './host/threadAnswers.ts'
import { instantiateNumericKernel } from './optimiser/numericKernel.ts'

const wasm = readFileSync(new URL('../kernels/numeric.wasm', import.meta.url))
const definition = studyDefinitionSchema.parse(workerData)
const known: FinishedTrial[] = []
let modelled: { readonly trials: readonly FinishedTrial[]; readonly surrogates: readonly Surrogate[] } | null = null

/** In a kernel of their own: its memory goes with the models. */
const fit = (trials: readonly FinishedTrial[]) => ({
  trials,
  surrogates: surrogatesOf(definition, trials, instantiateNumericKernel(wasm)),
})

answerRequests((message) => {
  const request = modelsRequestSchema.parse(message)
  if (request.type === 'add') {
    known.push(...request.trials)
    return null
  }
  const excluded = new Set(request.excluded)
  const trials = known.filter(({ number }) => !excluded.has(number))
  if (request.type === 'report') {
    modelled = fit(trials)
    return modelReport(definition, trials.length, modelled.surrogates)
  }
  modelled ??= fit(trials)
  return modelMap(definition, modelled.trials, modelled.surrogates, request.settings)
})
