/**
 * Where the neurons of a network stand: those that take input on the left, those that are read on the right, the others between,
 * by how many synapses they are away from an input. The same network always stands the same way.
 */
import type { Evolved } from '../../../src-core/contracts/evolvedInspection.ts'

export type NeuronKind = 'input' | 'hidden' | 'output'

interface PlacedNeuron {
  readonly id: number
  readonly kind: NeuronKind
  /** From 0, left and top, to 1. */
  readonly x: number
  readonly y: number
}

export interface PlacedSynapse {
  /** Places of the neurons in the network. */
  readonly from: number
  readonly to: number
  readonly weight: number
  /** From a spike to its arrival, in steps. */
  readonly delay: number
}

export interface NetworkLayout {
  readonly neurons: readonly PlacedNeuron[]
  readonly synapses: readonly PlacedSynapse[]
  /** Neurons in the fullest column. */
  readonly tallest: number
  readonly columns: number
}

/** Sweeps over the columns, there and back, until neighbours stand about level. */
const sweeps = 8
/** Neurons of a column at most; more stand in several beside each other. */
const columnAtMost = 40

type Graph = Pick<Evolved, 'neurons' | 'synapses' | 'inputs' | 'outputs'>

export const layoutNetwork = ({ neurons, synapses, inputs, outputs }: Graph): NetworkLayout => {
  const placeOf = new Map(neurons.map(({ id }, place) => [id, place]))
  const placesOf = (ids: readonly number[]): number[] => ids.flatMap((id) => placeOf.get(id) ?? [])
  const left = placesOf(inputs)
  // One that takes input and is read stands on the left.
  const right = placesOf(outputs).filter((place) => !left.includes(place))
  const edges = synapses.flatMap(({ from, to, weight, delay }): PlacedSynapse[] => {
    const [fromPlace, toPlace] = [placeOf.get(from), placeOf.get(to)]
    if (fromPlace === undefined || toPlace === undefined) return []
    return [{ from: fromPlace, to: toPlace, weight, delay: delay + (neurons[fromPlace]?.axonalDelay ?? 0) }]
  })
  const outer = new Set([...left, ...right])
  const distances = distancesFrom(left, edges)
  const levels = new Map<number, number[]>()
  for (const place of neurons.keys()) {
    if (outer.has(place)) continue
    // What no input reaches stands last: it can be driven by nothing but itself.
    const level = distances.get(place) ?? Infinity
    levels.set(level, [...(levels.get(level) ?? []), place])
  }
  const between = [...levels.keys()]
    .sort((one, other) => one - other)
    .flatMap((level) => split(levels.get(level) ?? []))
  const columns = ordered([...split(left), ...between, ...split(right)], edges)
  const kinds = new Map<number, NeuronKind>([
    ...left.map((place) => [place, 'input'] as const),
    ...right.map((place) => [place, 'output'] as const),
  ])
  const placed: PlacedNeuron[] = neurons.map(({ id }) => ({ id, kind: 'hidden', x: 0.5, y: 0.5 }))
  for (const [column, places] of columns.entries()) {
    for (const [row, place] of places.entries()) {
      placed[place] = {
        id: neurons[place]?.id ?? place,
        kind: kinds.get(place) ?? 'hidden',
        x: columns.length === 1 ? 0.5 : column / (columns.length - 1),
        // Every second column a little lower, so that fewer synapses run through neurons.
        y: (row + 0.5 + (column % 2 === 0 ? -0.12 : 0.12)) / places.length,
      }
    }
  }
  return {
    neurons: placed,
    synapses: edges,
    tallest: columns.reduce((most, { length }) => Math.max(most, length), 1),
    columns: columns.length,
  }
}

const split = (places: readonly number[]): number[][] => {
  const parts = Math.ceil(places.length / columnAtMost)
  return Array.from({ length: parts }, (_, part) =>
    places.slice(Math.floor((part * places.length) / parts), Math.floor(((part + 1) * places.length) / parts)),
  )
}

/** Synapses from the nearest of the starts; absent: none of them leads there. */
const distancesFrom = (starts: readonly number[], edges: readonly PlacedSynapse[]): ReadonlyMap<number, number> => {
  const targets = new Map<number, number[]>()
  for (const { from, to } of edges) targets.set(from, [...(targets.get(from) ?? []), to])
  const distances = new Map(starts.map((place) => [place, 0]))
  const waiting = [...starts]
  for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
    for (const next of targets.get(place) ?? []) {
      if (distances.has(next)) continue
      distances.set(next, (distances.get(place) ?? 0) + 1)
      waiting.push(next)
    }
  }
  return distances
}

/** Each column in the order of the mean height of what its neurons are connected with; the first and the last keep theirs. */
const ordered = (columns: readonly number[][], edges: readonly PlacedSynapse[]): readonly number[][] => {
  const neighbours = new Map<number, number[]>()
  const join = (one: number, other: number): void => {
    neighbours.set(one, [...(neighbours.get(one) ?? []), other])
  }
  for (const { from, to } of edges) {
    if (from === to) continue
    join(from, to)
    join(to, from)
  }
  const heights = new Map<number, number>()
  const stand = (places: readonly number[]): void => {
    for (const [row, place] of places.entries()) heights.set(place, (row + 0.5) / places.length)
  }
  for (const places of columns) stand(places)
  const sorted = columns.map((places) => [...places])
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const inner = [...sorted.keys()].slice(1, -1)
    for (const column of sweep % 2 === 0 ? inner : inner.reverse()) {
      const places = sorted[column] ?? []
      const wanted = new Map(
        places.map((place) => {
          const own = neighbours.get(place) ?? []
          const sum = own.reduce((total, one) => total + (heights.get(one) ?? 0.5), 0)
          return [place, own.length === 0 ? (heights.get(place) ?? 0.5) : sum / own.length]
        }),
      )
      places.sort((one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0) || one - other)
      stand(places)
    }
  }
  return sorted
}
