import type { SearchSpace, UnitPoint } from '../space/parameter.ts'
import { configurationFromUnit, unitFromConfiguration, unitPoint } from '../space/space.ts'

/**
 * The point that stands for the same configuration as these coordinates: categories in the middle of their interval,
 * integers at their place, 1/2 for what does not apply. Models have seen such points only.
 */
export const representablePoint = (space: SearchSpace, coordinates: readonly number[]): UnitPoint =>
  unitFromConfiguration(space, configurationFromUnit(space, unitPoint(coordinates)))
