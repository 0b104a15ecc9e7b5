/** A trial's hyperparameters as the settings of what a network of a neuromorphic processor is made, trained and run by. */
import { z } from 'zod'
import { evolutionNumbers, type EvolutionParameters, evolutionSchema } from '../evolution/parameters.ts'
import type { decoders } from '../neuroprocessor/decoders.ts'
import { codeProblem, type InputEncoding, timeProblem } from '../neuroprocessor/inputSpikes.ts'
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

/** Of resolved hyperparameters; null: they are none of such a network. */
export const processorOfHyperparameters = (hyperparameters: Configuration): ProcessorSettings | null => {
  const { data } = hyperparametersSchema.safeParse(hyperparameters)
  return data === undefined ? null : processorOf(data)
}

/** A rule on some hyperparameters; where not all of them apply, it says nothing. */
const rule = <Shape extends z.ZodRawShape>(
  shape: Shape,
  problem: (values: z.infer<z.ZodObject<Shape>>) => string | undefined,
): Impossibility => {
  const schema = z.object(shape)
  return {
    names: Object.keys(shape),
    why: (configuration) => {
      const { data } = schema.safeParse(configuration)
      return data === undefined ? undefined : problem(data)
    },
  }
}
/** A rule on one hyperparameter, by its name. */
export const neuroprocessorRule = <Name extends 'neuronsPerInput' | 'outputDecoder' | 'populationSize'>(
  name: Name,
  problem: (values: Pick<Hyperparameters, Name>) => string | undefined,
): Impossibility => rule({ [name]: hyperparametersSchema.shape[name] }, (values) => problem(values as Hyperparameters))

const { code, neuronsPerInput, within, maxSpikes, intervalSteps, runSteps } = hyperparametersSchema.shape
const { elites, populationSize, crossoverRate, mergeRate } = hyperparametersSchema.shape
const evolutionProblem = (some: object): string | undefined => evolutionSchema.safeParse(some).error?.issues[0]?.message

/** Of resolved hyperparameters. */
export const neuroprocessorImpossibilities: readonly Impossibility[] = [
  rule({ code, neuronsPerInput }, codeProblem),
  rule({ within, maxSpikes, intervalSteps: intervalSteps.unwrap(), runSteps }, timeProblem),
  rule({ elites, populationSize }, evolutionProblem),
  rule({ crossoverRate, mergeRate }, evolutionProblem),
]
