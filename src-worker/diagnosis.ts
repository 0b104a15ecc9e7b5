/** Entry of the thread that diagnoses a study: one request, one answer. Composes, nothing else. */
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { prettifyError } from 'zod'
import { diagnosisRequestSchema } from '../src-core/contracts/diagnosis.ts'
import { diagnose } from '../src-core/diagnostics/diagnosis.ts'
import { ObservationRows } from '../src-core/diagnostics/observationRows.ts'
import { surrogatesOf } from '../src-core/diagnostics/surrogates.ts'
import { instantiateNumericKernel } from './optimiser/numericKernel.ts'

if (parentPort === null) throw new Error('A diagnosis is started by Spiketune, not by hand.')

// An error of zod's own would arrive without its message.
const request = diagnosisRequestSchema.safeParse(workerData)
if (!request.success) throw new Error(`this is no request for a diagnosis: ${prettifyError(request.error)}`)
const { definition, seen, rows, settings } = request.data
const kernel = instantiateNumericKernel(readFileSync(new URL('../kernels/numeric.wasm', import.meta.url)))
const observations = new ObservationRows(definition).observations(rows)
parentPort.postMessage(diagnose(definition, seen, surrogatesOf(definition, observations, kernel), settings))
