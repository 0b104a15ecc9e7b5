/** The limits of metrics as the editor shows them: a row for each that the network has, and for what is listed besides. */
import { shownMetric } from '../../src-core/study/studyWords.ts'
import { metricTitle } from '../../src-core/progress/objectiveText.ts'
import { layersOf, networkSchema } from '../../src-core/study/networkSchema.ts'
import { type Limit, type ObjectiveMetric, objectiveMetricSchema, spikesOf } from '../../src-core/study/metricSchema.ts'
import { isMap, mapAt } from '../../src-core/study/rawValues.ts'

export interface LimitRow {
  readonly metric: ObjectiveMetric
  readonly title: string
  /** Place in `constraints`; null: it is not limited. */
  readonly at: number | null
  readonly side: Limit['side']
  /** Other sides than this one can be chosen. */
  readonly hasBothSides: boolean
}

/** Constraints that are listed; a new one comes after them. */
const listedIn = (value: unknown): readonly unknown[] => {
  const constraints = isMap(value) ? value['constraints'] : undefined
  return Array.isArray(constraints) ? (constraints as readonly unknown[]) : []
}
export const countOfLimits = (value: unknown): number => listedIn(value).length

/** @param value the definition as it stands in the file, right or wrong */
export const limitRows = (value: unknown): readonly LimitRow[] => {
  const listed = listedIn(value)
  const named = listed.flatMap((one) => {
    const { data } = objectiveMetricSchema.safeParse(isMap(one) ? one['metric'] : undefined)
    return data === undefined ? [] : [data]
  })
  return [...new Set([...metricsOf(value), ...named])].map((metric) => {
    const at = listed.findIndex((one) => isMap(one) && one['metric'] === metric)
    const one = listed[at]
    const isLeast = isMap(one) && Object.hasOwn(one, 'atLeast')
    return {
      metric,
      title: metricTitle(shownMetric(metric, { dataset: mapAt(value, 'dataset') })),
      at: at < 0 ? null : at,
      side: isLeast || metric === 'accuracy' ? 'atLeast' : 'atMost',
      hasBothSides: metric !== 'accuracy',
    }
  })
}

/** What a network is measured by. An accuracy that is searched for needs no limit. */
const metricsOf = (value: unknown): readonly ObjectiveMetric[] => {
  const { data } = networkSchema.safeParse(mapAt(value, 'network'))
  const isSearched = (mapAt(value, 'objective')['metric'] ?? 'accuracy') === 'accuracy'
  return [
    ...(isSearched ? [] : (['accuracy'] as const)),
    ...(data === undefined || data.type === 'diehl-cook' ? [] : (['synapticOperationsPerSample'] as const)),
    'spikesPerSample',
    ...(data?.type === 'neuroprocessor' ? (['neurons', 'synapses'] as const) : []),
    ...(data === undefined || data.type === 'neuroprocessor'
      ? []
      : layersOf(data).map((layer) => `spikesPerSample.${layer}` as const)),
  ]
}

/** To begin with; a person knows better. */
export const firstLimit = (metric: ObjectiveMetric): number => {
  if (metric === 'accuracy') return 0.9
  if (metric === 'synapticOperationsPerSample') return 1_000_000
  if (metric === 'neurons' || metric === 'synapses') return 50
  return spikesOf(metric) === null ? 10_000 : 1000
}
