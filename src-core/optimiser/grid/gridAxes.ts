/** The values that a grid has along each parameter. */
import type { NumericParameter, Parameter, SearchSpace } from '../../space/parameter.ts'
import { numberFromUnit, scaleOf } from '../../space/scale.ts'

/** What may be said of one parameter: how many values, or which. */
interface AxisSettings {
  readonly points?: number | undefined
  readonly values?: readonly (number | string)[] | undefined
}

export interface GridSettings {
  /** Values of each number; an integer parameter with fewer values has all of them. */
  readonly points: number
  /** By the names of parameters: what differs there. */
  readonly parameters?: Readonly<Record<string, AxisSettings>> | undefined
}

/** The values of one parameter, increasing or in the order of its choices, each once. */
export interface GridAxis {
  readonly name: string
  readonly values: readonly (number | string)[]
  /** Whether the parameter applies in some configurations only. */
  readonly conditional: boolean
}

/** The axes of a grid, in the order of the space. */
export const gridAxes = (space: SearchSpace, settings: GridSettings): readonly GridAxis[] =>
  Object.entries(space).map(([name, parameter]) => ({
    name,
    values: axisValues(parameter, settings.points, settings.parameters?.[name]),
    conditional: parameter.when !== undefined,
  }))

const axisValues = (
  parameter: Parameter,
  points: number,
  settings: AxisSettings | undefined,
): readonly (number | string)[] => {
  if (settings?.values !== undefined) return [...new Set(settings.values)]
  if (parameter.type === 'categorical') return parameter.choices
  return spacedValues(parameter, settings?.points ?? points)
}

/** Evenly spaced on the parameter's scale, both ends included; the middle where there is only one. */
const spacedValues = (parameter: NumericParameter, points: number): readonly number[] => {
  const { type, low, high } = parameter
  if (type === 'integer' && high - low < points) {
    return Array.from({ length: high - low + 1 }, (_, index) => low + index)
  }
  // The ends of an integer's scale lie half a unit beyond its range; a grid begins at the ends of the range.
  const line: NumericParameter = { ...parameter, type: 'real' }
  const values = Array.from({ length: points }, (_, index) => {
    const value = numberFromUnit(line, scaleOf(parameter), points === 1 ? 0.5 : index / (points - 1))
    return type === 'integer' ? Math.round(value) : value
  })
  // Where a scale is dense, neighbours may round to the same number; -0 and 0 are the same.
  return [...new Set(values.map((value) => value + 0))]
}
