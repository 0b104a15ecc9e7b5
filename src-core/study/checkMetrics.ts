/** What a study searches for and limits: metrics that its network has, each limited once and on one side. */
import { type Path, problem, type Problem } from './definitionError.ts'
import { layersOf, type NetworkDefinition, networkSchema } from './networkSchema.ts'
import { objectiveMetricSchema, spikesOf } from './metricSchema.ts'
import { isMap, mapAt, placesOfRepeats, type RawMap } from './rawValues.ts'
import { oneOf } from './wording.ts'

export const checkMetrics = (value: unknown): readonly Problem[] => {
  const listed = isMap(value) && Array.isArray(value.constraints) ? (value.constraints as readonly unknown[]) : []
  const measured = measuredBy(networkSchema.safeParse(mapAt(value, 'network')).data)
  const repeats = placesOfRepeats(listed.map((one) => (isMap(one) ? one.metric : undefined)))
  return [
    ...checkMetric(['objective', 'metric'], mapAt(value, 'objective').metric, measured),
    ...listed.flatMap((one, index) => {
      if (!isMap(one)) return []
      const path = ['constraints', index]
      return repeats.has(index) && typeof one.metric === 'string'
        ? [problem([...path, 'metric'], 'value', `${one.metric} for the second time`, 'each metric once')]
        : [...checkMetric([...path, 'metric'], one.metric, measured), ...checkLimit(path, one)]
    }),
  ]
}

/** What a network is measured by. */
interface Measured {
  readonly type: NetworkDefinition['type']
  readonly layers: ReadonlySet<string>
}

const measuredBy = (network: NetworkDefinition | undefined): Measured | null =>
  network === undefined ? null : { type: network.type, layers: new Set([...countedLayers(network), 'input']) }

/** A population is what a study watches, not what its best network has. */
const countedLayers = (network: NetworkDefinition): readonly string[] =>
  network.type === 'neuroprocessor' ? [] : layersOf(network)

/** Whether a network is measured by it: a layer that it has, a size that it finds, no synaptic operations of Diehl & Cook's. */
const checkMetric = (path: Path, raw: unknown, network: Measured | null): readonly Problem[] => {
  const metric = objectiveMetricSchema.safeParse(raw).data
  if (metric === undefined || network === null) return []
  if (metric === 'synapticOperationsPerSample' && network.type === 'diehl-cook') {
    return [problem(path, 'value', metric, 'accuracy or spikesPerSample for a diehl-cook network')]
  }
  if ((metric === 'neurons' || metric === 'synapses') && network.type !== 'neuroprocessor') {
    const allowed = `accuracy or spikesPerSample: a ${network.type} network does not evolve, so its size is a hyperparameter`
    return [problem(path, 'value', metric, allowed)]
  }
  const spikes = spikesOf(metric)
  if (spikes === null || network.layers.has(spikes.layer)) return []
  const words = () => [metric, oneOf([...network.layers].map((layer) => `spikesPerSample.${layer}`))] as const
  return [{ path, at: 'value', words }]
}

const checkLimit = (path: Path, { metric, atMost, atLeast }: RawMap): readonly Problem[] => {
  if (atMost === undefined && atLeast === undefined) return [problem(path, 'value', 'no limit', 'atMost or atLeast')]
  if (metric === 'accuracy' && atMost !== undefined) {
    return [problem([...path, 'atMost'], 'key', 'a highest allowed accuracy', 'atLeast')]
  }
  if (atMost !== undefined && atLeast !== undefined) {
    return [problem([...path, 'atLeast'], 'key', 'a second limit', 'one of atMost and atLeast')]
  }
  return metric === 'accuracy' && typeof atLeast === 'number' && atLeast > 1
    ? [problem([...path, 'atLeast'], 'value', String(atLeast), 'a share up to 1')]
    : []
}
