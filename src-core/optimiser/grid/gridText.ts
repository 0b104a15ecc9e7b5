/** A grid in words, for people who are about to run it. */
import type { StudyDefinition } from '../../study/definition.ts'
import { impossibilitiesIn } from '../../study/impossibilitiesIn.ts'
import { gridProduct, type GridProduct } from './gridProduct.ts'

/** Beyond it a number is shown by its order of magnitude. */
const mostDigits = 15

/** "30", or "about 3.8e17". */
export const countText = (count: bigint): string => {
  const digits = count.toString()
  if (digits.length <= mostDigits) return digits
  return `about ${digits[0] ?? ''}.${digits[1] ?? ''}e${digits.length - 1}`
}

/** The grid that a study searches, in a line; null when it searches otherwise, or nothing. */
export const gridTextOf = (
  study: Pick<StudyDefinition, 'network' | 'training' | 'dataset' | 'space' | 'fixed' | 'optimiser' | 'budget'>,
): string | null => {
  const { space, optimiser, budget } = study
  return optimiser.type === 'grid' && Object.keys(space).length > 0
    ? gridText(gridProduct(space, optimiser, impossibilitiesIn(study)), budget.trials)
    : null
}

/**
 * The cross product in a line: "grid: 5 x 3 x 2 = 30 points", and what a budget leaves out of it.
 * @param trials the budget; undefined when there is none
 */
export const gridText = (
  { axes, total, impossible }: Pick<GridProduct, 'axes' | 'total' | 'impossible'>,
  trials: number | undefined,
): string => {
  const always = axes.filter(({ conditional }) => !conditional).map(({ values }) => String(values.length))
  const sometimes = axes.filter(({ conditional }) => conditional)
  const product = always.join(' x ')
  const all = total + impossible
  const can = impossible === 0n ? '' : `, of which ${countText(total)} can be`
  const points = `${countText(all)} ${all === 1n ? 'point' : 'points'}${can}`
  const where = sometimes.map(({ name, values }) => `${values.length} of ${name}`).join(', ')
  const text =
    sometimes.length === 0
      ? `${product} = ${points}`
      : `${product} values, and ${where}, where ${sometimes.length === 1 ? 'it applies' : 'they apply'}: ${points}`
  if (trials === undefined || total <= BigInt(trials)) return `grid: ${text}`
  const budget = `the budget of ${trials} ${trials === 1 ? 'trial' : 'trials'}`
  return `grid: ${text}, of which ${budget} covers ${shareText(trials, total)}, chosen at random`
}

const shareText = (trials: number, total: bigint): string => {
  const percent = (100 * trials) / Number(total)
  return percent < 0.1 ? 'less than 0.1 %' : `${percent.toFixed(1)} %`
}
