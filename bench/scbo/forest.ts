/**
 * Extremely randomised trees for regression (Geurts, Ernst & Wehenkel, Machine Learning 63 (2006), 3-42): every tree sees
 * all rows; a node draws one cut at random for some of the features and takes the one that explains most variance.
 */
import { createGenerator, type RandomGenerator } from '../../src-core/random/generator.ts'
import { deriveSeed, type Seed } from '../../src-core/random/seed.ts'

export interface ForestSettings {
  readonly trees: number
  /** Features of which a node draws a cut. */
  readonly features: number
  /** A node of fewer rows becomes a leaf. */
  readonly splitAt: number
}

/** Nodes in one array: a leaf has feature -1 and its value in `cut`; the others go left where `x[feature] < cut`. */
interface Tree {
  readonly feature: Int16Array
  readonly cut: Float64Array
  readonly right: Int32Array
}

const valueAt = ({ feature, cut, right }: Tree, point: readonly number[]): number => {
  let node = 0
  for (;;) {
    const at = feature[node] ?? -1
    const limit = cut[node] ?? NaN
    if (at < 0) return limit
    node = (point[at] ?? NaN) < limit ? node + 1 : (right[node] ?? 0)
  }
}

const grow = (
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  settings: ForestSettings,
  generator: RandomGenerator,
): Tree => {
  const feature: number[] = []
  const cut: number[] = []
  const right: number[] = []
  const target = (row: number): number => targets[row] ?? NaN
  const value = (row: number, at: number): number => rows[row]?.[at] ?? NaN

  const addNode = (members: readonly number[]): void => {
    const node = feature.length
    const found = members.length < settings.splitAt ? null : bestCut(members, value, target, settings, generator)
    feature.push(found?.feature ?? -1)
    cut.push(found?.cut ?? members.reduce((sum, row) => sum + target(row), 0) / members.length)
    right.push(-1)
    if (found === null) return
    const isLeft = (row: number): boolean => value(row, found.feature) < found.cut
    addNode(members.filter(isLeft))
    right[node] = feature.length
    addNode(members.filter((row) => !isLeft(row)))
  }
  addNode(rows.map((_, index) => index))
  return { feature: Int16Array.from(feature), cut: Float64Array.from(cut), right: Int32Array.from(right) }
}

/** The best of one random cut each for some features that vary; null when nothing varies. */
const bestCut = (
  members: readonly number[],
  value: (row: number, feature: number) => number,
  target: (row: number) => number,
  settings: ForestSettings,
  generator: RandomGenerator,
): Cut | null => {
  const [firstRow = 0] = members
  if (members.every((row) => target(row) === target(firstRow))) return null
  const dimensions = Array.from({ length: rowsLength(value, firstRow) }, (_, index) => index)
  let best: Cut | null = null
  let bestScore = -Infinity
  for (let drawn = 0; dimensions.length > 0 && drawn < settings.features;) {
    const [feature = 0] = dimensions.splice(generator.below(dimensions.length), 1)
    let low = Infinity
    let high = -Infinity
    for (const row of members) {
      low = Math.min(low, value(row, feature))
      high = Math.max(high, value(row, feature))
    }
    if (!(high > low)) continue
    drawn++
    // In (low, high], so that neither side is empty.
    const cut = high - generator.next() * (high - low)
    const score = explained(members, (row) => value(row, feature) < cut, target)
    if (score > bestScore) {
      bestScore = score
      best = { feature, cut }
    }
  }
  return best
}

/** What is to be maximised for the largest reduction of variance: the squared sums of both sides over their counts. */
const explained = (
  members: readonly number[],
  isLeft: (row: number) => boolean,
  target: (row: number) => number,
): number => {
  const sums = [0, 0]
  const counts = [0, 0]
  for (const row of members) {
    const side = isLeft(row) ? 0 : 1
    sums[side] = (sums[side] ?? 0) + target(row)
    counts[side] = (counts[side] ?? 0) + 1
  }
  return [0, 1].reduce((score, side) => score + (sums[side] ?? 0) ** 2 / (counts[side] ?? 1), 0)
}

const rowsLength = (value: (row: number, feature: number) => number, row: number): number => {
  let length = 0
  while (!Number.isNaN(value(row, length))) length++
  return length
}

export class Forest {
  readonly #trees: readonly Tree[]

  private constructor(trees: readonly Tree[]) {
    this.#trees = trees
  }

  /** @param rows points of equal length  @param targets one for each row */
  static fit(
    rows: readonly (readonly number[])[],
    targets: readonly number[],
    settings: ForestSettings,
    seed: Seed,
  ): Forest {
    return new Forest(
      Array.from({ length: settings.trees }, (_, tree) =>
        grow(rows, targets, settings, createGenerator(deriveSeed(seed, 'tree', tree))),
      ),
    )
  }

  /** The mean of the trees. */
  predict(point: readonly number[]): number {
    return this.#trees.reduce((sum, tree) => sum + valueAt(tree, point), 0) / this.#trees.length
  }
}

interface Cut {
  readonly feature: number
  readonly cut: number
}
