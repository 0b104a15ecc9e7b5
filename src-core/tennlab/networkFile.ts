/**
 * Files of networks as TENNLab's framework writes them: nodes and edges with lists of values, and a property pack that says
 * which value is which. Everything that is not read here is kept, so that a file that is written again has lost nothing.
 */
import { z } from 'zod'
import type { DeepReadonly } from '../values/deepReadonly.ts'

const value = z.union([z.number(), z.boolean()])
const id = z.int().min(0)

const propertySchema = z.looseObject({
  name: z.string(),
  /** 73: integer, 68: number, 66: boolean; the codes of I, D and B. */
  type: z.union([z.literal(73), z.literal(68), z.literal(66)]),
  index: z.int().min(0),
  size: z.int().min(1),
  min_value: z.number(),
  max_value: z.number(),
})
export type Property = z.infer<typeof propertySchema>

const nodeSchema = z.looseObject({ id, values: z.array(value) })
const edgeSchema = z.looseObject({ from: id, to: id, values: z.array(value) })

export const networkFileSchema = z.looseObject({
  Nodes: z.array(nodeSchema).min(1),
  Edges: z.array(edgeSchema),
  Inputs: z.array(id).min(1),
  Outputs: z.array(id).min(1),
  Network_Values: z.array(value).optional(),
  Properties: z.looseObject({
    node_properties: z.array(propertySchema),
    edge_properties: z.array(propertySchema),
    network_properties: z.array(propertySchema).optional(),
  }),
  Associated_Data: z.looseObject({ other: z.looseObject({ proc_name: z.string().optional() }).optional() }).optional(),
})
export type TennlabNetworkFile = z.infer<typeof networkFileSchema>

/** A file that is no network; the message names the place and what is wrong there. */
export class MalformedTennlabNetwork extends Error {
  readonly place: string
  readonly problem: string

  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`)
    this.name = 'MalformedTennlabNetwork'
    this.place = place
    this.problem = problem
  }
}

export const nodeProperties = { Threshold: 'threshold', Leak: 'leak', Delay: 'axonalDelay' } as const
export const edgeProperties = { Weight: 'weight', Delay: 'delay' } as const

/** The values of a node or edge by our names. @throws {MalformedTennlabNetwork} */
export const readValues = <Name extends string>(
  place: string,
  values: readonly (number | boolean)[],
  properties: readonly DeepReadonly<Property>[],
  names: Readonly<Record<string, Name>>,
): Partial<Record<Name, number>> => {
  const read: Partial<Record<Name, number>> = {}
  for (const { name, type, index, min_value, max_value } of properties) {
    const at = `${place}.values[${index}] (${name})`
    const found = values[index]
    if (found === undefined) throw new MalformedTennlabNetwork(at, `is missing; there are ${values.length} values`)
    const number = Number(found)
    if (type !== 68 && !Number.isInteger(number)) throw new MalformedTennlabNetwork(at, `${number} is no integer`)
    if (number < min_value || number > max_value) {
      throw new MalformedTennlabNetwork(at, `${number} is not from ${min_value} to ${max_value}`)
    }
    const ours = names[name]
    if (ours !== undefined) read[ours] = number
  }
  if (values.length !== properties.length) {
    throw new MalformedTennlabNetwork(place, `has ${values.length} values for ${properties.length} properties`)
  }
  return read
}

/** Refuses properties that we do not know, since the network would not be the one that was meant without them. */
export const requireKnown = (
  place: string,
  properties: readonly DeepReadonly<Property>[],
  names: Readonly<Record<string, string>>,
  needed: readonly string[],
): void => {
  const known = Object.keys(names)
  const indices = new Set<number>()
  const seen = new Set<string>()
  for (const [number, { name, size, index, min_value, max_value }] of properties.entries()) {
    const at = `${place}[${number}]`
    if (!Object.hasOwn(names, name)) {
      throw new MalformedTennlabNetwork(at, `the property ${name} is unknown; known are ${known.join(', ')}`)
    }
    if (size !== 1) throw new MalformedTennlabNetwork(at, `${name} has ${size} values; only single ones can be read`)
    if (seen.has(name)) throw new MalformedTennlabNetwork(at, `${name} stands there twice`)
    if (indices.has(index)) throw new MalformedTennlabNetwork(at, `the index ${index} has two properties`)
    if (min_value > max_value) throw new MalformedTennlabNetwork(at, `${name} goes from ${min_value} to ${max_value}`)
    seen.add(name)
    indices.add(index)
  }
  const missing = needed.find((name) => !seen.has(name))
  if (missing !== undefined) throw new MalformedTennlabNetwork(place, `the property ${missing} is missing`)
}
