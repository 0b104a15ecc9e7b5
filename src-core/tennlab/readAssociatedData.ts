/**
 * What a file of TENNLab's says beside its network, as hyperparameters and a dataset of ours. What it does not say is
 * assumed, and what has no counterpart here is said: both as notes, a sentence each.
 */
import { z } from 'zod'
import type { StudyDefinition } from '../study/definition.ts'
import { encoderKinds, spikeCodeNames } from './names.ts'
import { MalformedTennlabNetwork, type TennlabNetworkFile } from './networkFile.ts'

type Value = number | string
/** What was found, by name; `notes` grow as it is read. */
export interface Reading {
  readonly fixed: Record<string, Value>
  readonly notes: string[]
}

const many = z.record(z.string(), z.unknown())
const some = <Shape extends z.ZodType>(schema: Shape) => schema.optional().catch(undefined)

/** A value of another type than ours is as good as none. */
const associatedSchema = z.looseObject({
  proc_params: some(many),
  app_params: some(many),
  encoder_array: some(
    z.looseObject({
      interval: some(z.int().min(1)),
      dmin: some(z.array(z.number())),
      dmax: some(z.array(z.number())),
      encoders: some(z.array(many)),
      named_encoders: some(z.record(z.string(), many)),
      use_encoders: some(z.array(z.string())),
    }),
  ),
  decoder_array: some(z.looseObject({ decoders: some(z.array(many)) })),
  other: some(
    z.looseObject({ proc_name: some(z.string()), app_name: some(z.string()), sim_time: some(z.int().min(1)) }),
  ),
})
export type AssociatedData = z.infer<typeof associatedSchema>

export const associatedDataIn = ({ Associated_Data: data }: TennlabNetworkFile): AssociatedData =>
  associatedSchema.parse(data ?? {})

/** The first of two keys of encoders: how a neuron says its count. */
type Encoder = Readonly<Record<string, unknown>>

/** Code, neurons, spikes and their times. @param values of a sample; null: nobody knows them yet */
export const readEncoding = (
  { encoder_array: array, other }: AssociatedData,
  { inputs, values, dataset }: { readonly inputs: number; readonly values: number | null; readonly dataset: string },
  { fixed, notes }: Reading,
): void => {
  if (other?.sim_time === undefined)
    notes.push('It does not say for how many steps it runs (sim_time): 40 are assumed.')
  else fixed['runSteps'] = other.sim_time
  const encoders = encodersOf(array)
  const kinds = new Set(encoders.map((encoder) => JSON.stringify(encoder)))
  if (kinds.size > 1) {
    throw new MalformedTennlabNetwork(
      'Associated_Data.encoder_array',
      `has ${kinds.size} kinds of encoders, where all values of a study have the same`,
    )
  }
  const [encoder] = encoders
  const known = encoder === undefined ? null : knownEncoder(encoder)
  if (encoder !== undefined && known === null) {
    notes.push(`Its encoder ${JSON.stringify(encoder).slice(0, 80)} is not known here, and was not read.`)
  }
  const neurons = known?.neuronsPerInput ?? (values !== null && inputs % values === 0 ? inputs / values : undefined)
  if (neurons === undefined) {
    throw new MalformedTennlabNetwork(
      'Inputs',
      `are ${inputs}, which ${values === null ? 'need an encoder to be shared out' : `the ${values} values of ${dataset} cannot share`}: ` +
        'name another dataset, or say the encoder in Associated_Data.encoder_array',
    )
  }
  fixed['neuronsPerInput'] = neurons
  fixed['code'] = known?.code ?? (neurons % 2 === 0 ? 'flip-flop' : 'bins')
  if (known === null) {
    notes.push(
      `How values become spikes is assumed: ${fixed['code']} of ${neurons} neurons for each, at most 8 spikes, 2 steps apart.`,
    )
    return
  }
  fixed['within'] = known.within
  if (known.maxSpikes !== undefined) fixed['maxSpikes'] = known.maxSpikes
  else notes.push('It does not say the most spikes of a neuron (max_spikes): 8 are assumed.')
  if (known.within === 'charge') return
  fixed['intervalSteps'] = array?.interval ?? 1
  if (array?.interval === undefined)
    notes.push('It does not say the steps between two spikes (interval): 1 is assumed.')
}

const encodersOf = (array: AssociatedData['encoder_array']): readonly Encoder[] => {
  const { encoders, named_encoders: named = {}, use_encoders: used } = array ?? {}
  const ofUsed = used?.map((name) => named[name]).filter((encoder) => encoder !== undefined)
  return encoders ?? ofUsed ?? Object.values(named)
}

/** Null: one that is not ours. */
const knownEncoder = (encoder: Encoder) => {
  for (const [within, kind] of Object.entries(encoderKinds)) {
    const settings = many.safeParse(encoder[kind]).data
    if (settings === undefined) continue
    for (const [code, name] of Object.entries(spikeCodeNames)) {
      const neuronsPerInput = z.int().min(1).safeParse(settings[name]).data
      if (neuronsPerInput === undefined) continue
      return { within, code, neuronsPerInput, maxSpikes: z.int().min(1).safeParse(settings['max_spikes']).data }
    }
  }
  return null
}

/** How spikes become an answer. */
export const readDecoder = (
  { decoder_array: array }: AssociatedData,
  outputs: number,
  { fixed, notes }: Reading,
): void => {
  const [decoder] = array?.decoders ?? []
  const named = { wta: 'winner', rate: 'rate', temporal: 'first' } as const
  const found = Object.entries(named).find(([name]) => decoder !== undefined && Object.hasOwn(decoder, name))
  fixed['outputDecoder'] = found?.[1] ?? (outputs === 1 ? 'rate' : 'winner')
  if (found === undefined) notes.push(`How its spikes become an answer is assumed: ${fixed['outputDecoder']}.`)
}

/** How samples are shared out, where Spiketune wrote the file; whatever else is said there belongs to other tools. */
export const readDataset = ({
  app_params: parameters = {},
}: AssociatedData): Pick<StudyDefinition, 'objective' | 'seeds'> & {
  readonly dataset: Readonly<Record<string, Value>>
  activity: unknown
} => {
  const taken = (names: Readonly<Record<string, string>>, type: 'number' | 'string') =>
    Object.fromEntries(
      Object.entries(names).flatMap(([name, ours]) => {
        const value = parameters[name]
        return typeof value === type ? [[ours, value as Value]] : []
      }),
    )
  const { split, split_seed: seed, activity } = parameters
  // What else is said belongs to other tools where that is not.
  const isOurs = typeof seed === 'number'
  return {
    dataset: {
      ...taken({ level: 'level' }, 'string'),
      ...(isOurs
        ? taken(
            {
              episodes: 'episodes',
              maximum_steps: 'maximumSteps',
              train_fraction: 'trainFraction',
              train_samples: 'trainSamples',
              test_samples: 'testSamples',
            },
            'number',
          )
        : {}),
    },
    objective: { metric: 'accuracy', split: isOurs && split === 'test' ? 'test' : 'validation' },
    seeds: { optimiser: 1, split: isOurs ? seed : 1 },
    activity: isOurs ? activity : undefined,
  }
}
