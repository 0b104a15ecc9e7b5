/** A trial's hyperparameters as the settings of what a network of a neuromorphic processor is made, trained and run by. */
import type { z } from 'zod'
import { evolutionNumbers, type EvolutionParameters, evolutionSchema } from '../evolution/parameters.ts'
import type { decoders } from '../neuroprocessor/decoders.ts'
import { encodingProblem, type InputEncoding } from '../neuroprocessor/inputSpikes.ts'
import { type ProcessorSettings, processorSchema, rispOf, standardProcessors } from '../neuroprocessor/processor.ts'
import type { Impossibility } from '../space/impossibility.ts'
import type { Configuration } from '../space/parameter.ts'
import { valuesSchema } from './hyperparameter.ts'
import { neuroprocessorHyperparameters } from './neuroprocessorHyperparameters.ts'
import type { EonsTraining } from './trainingSchema.ts'

const hyperparametersSchema = valuesSchema(neuroprocessorHyperparameters).strict()
type Hyperparameters = z.infer<typeof hyperparametersSchema>

/** All that a trial says of its networks. */
interface NeuroprocessorValues {
  readonly encoding: InputEncoding
  readonly outputDecoder: (typeof decoders)[number]
  readonly evolution: EvolutionParameters
  readonly generations: number
  readonly processor: ProcessorSettings
}

/**
 * @param hyperparameters resolved
 * @throws {z.ZodError} when they are none of such a network, or cannot be
 */
export const neuroprocessorValues = (
  hyperparameters: Configuration,
  { goals }: Pick<EonsTraining, 'goals'>,
): NeuroprocessorValues => {
  const values = hyperparametersSchema.parse(hyperparameters)
  return {
    encoding: encodingOf(values),
    outputDecoder: values.outputDecoder,
    evolution: evolutionSchema.parse({ ...evolutionOf(values), goals }),
    generations: values.generations,
    processor: processorOf(values),
  }
}

const encodingOf = (values: Hyperparameters): InputEncoding => {
  const { code, neuronsPerInput, within, maxSpikes, intervalSteps = 1, runSteps } = values
  return { code, neuronsPerInput, within, maxSpikes, intervalSteps, runSteps }
}

const evolutionOf = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.keys(evolutionNumbers).map((name) => [name, values[name]]))

const processorOf = (values: Hyperparameters): ProcessorSettings => {
  const { processor, resolution = 1, maxDelaySteps, leakMode, minPotential = 0, thresholds } = values
  if (processor === 'caspian') return processorSchema.parse({ type: 'caspian', maxSynapticDelay: maxDelaySteps })
  const standard =
    processor === 'risp-floating'
      ? standardProcessors['RISP-F']
      : rispOf(resolution, processor === 'risp' ? 'signed' : 'positive')
  const largest = processor === 'risp' ? resolution : 1
  const floor = minPotential * largest
  return processorSchema.parse({
    ...standard,
    maxDelay: maxDelaySteps,
    leakMode,
    minPotential: processor === 'risp-positive' ? 0 : 0 - (processor === 'risp' ? Math.round(floor) : floor),
    thresholdInclusive: thresholds === 'inclusive',
  })
}

/** Those that say together whether there are such networks. */
const judged = [
  ...(['code', 'neuronsPerInput', 'within', 'maxSpikes', 'intervalSteps', 'runSteps'] as const),
  ...(['populationSize', 'elites', 'crossoverRate', 'mergeRate'] as const),
]

/** Of resolved hyperparameters. */
export const neuroprocessorImpossibility: Impossibility = {
  names: judged,
  why: (configuration) => {
    const { data } = hyperparametersSchema.safeParse(configuration)
    if (data === undefined) return undefined
    return encodingProblem(encodingOf(data)) ?? evolutionSchema.safeParse(evolutionOf(data)).error?.issues[0]?.message
  },
}
