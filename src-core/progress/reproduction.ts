import type { StudyDefinition } from '../study/definition.ts'
import type { Trial } from '../trial/trial.ts'

/** How a trial of an exported configuration compares with the trial that was exported. */
export type Reproduction =
  /** The study did not start from an export, or its trial is not measured. */
  | { readonly kind: 'not-applicable' }
  /** Other data: its accuracy says nothing about the exported one. */
  | { readonly kind: 'other-dataset'; readonly exportedSha256: string; readonly measuredSha256: string }
  | {
      readonly kind: 'compared'
      /** Whether all values are equal to the last bit. */
      readonly reproduced: boolean
      readonly differences: readonly {
        readonly name: string
        readonly exported: number
        readonly measured: number | null
      }[]
    }

/** Compares metrics and constraint values of `trial` with those that the definition's provenance states. */
export const compareWithProvenance = (provenance: StudyDefinition['provenance'], trial: Trial | null): Reproduction => {
  if (provenance === undefined || trial === null || !('measurement' in trial)) return { kind: 'not-applicable' }
  const { measurement } = trial
  if (measurement.datasetSha256 !== provenance.datasetSha256) {
    return {
      kind: 'other-dataset',
      exportedSha256: provenance.datasetSha256,
      measuredSha256: measurement.datasetSha256,
    }
  }
  const constraints = Object.fromEntries(measurement.constraints.map(({ name, value }) => [name, value]))
  const differences = [
    ...compare(provenance.metrics, measurement.metrics),
    ...compare(provenance.constraints, constraints),
  ]
  return { kind: 'compared', reproduced: differences.length === 0, differences }
}

const compare = (exported: Readonly<Record<string, number>>, measured: Readonly<Record<string, number>>) =>
  Object.entries(exported)
    .map(([name, value]) => ({ name, exported: value, measured: measured[name] ?? null }))
    .filter((pair) => pair.exported !== pair.measured)
