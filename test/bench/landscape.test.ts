import { describe, expect, it } from 'vitest'
import { crossValidate, randomFeasibleShare } from '../../bench/scbo/crossValidation.ts'
import { type LoggedEvaluation, loggedSpace, parseLog, readEvaluationLog } from '../../bench/scbo/evaluationLog.ts'
import { Forest } from '../../bench/scbo/forest.ts'
import { createLandscape, gathered, spread } from '../../bench/scbo/landscape.ts'
import { createGenerator } from '../../src-core/random/generator.ts'
import { randomConfiguration } from '../../src-core/optimiser/random.ts'
import { unitFromConfiguration } from '../../src-core/space/space.ts'
import { validateConfiguration } from '../../src-core/space/validateConfiguration.ts'

const settings = { trees: 50, features: 3, splitAt: 2 }

const points = (count: number, dimensions: number, seed: number): number[][] => {
  const generator = createGenerator(seed)
  return Array.from({ length: count }, () => Array.from({ length: dimensions }, () => generator.next()))
}

describe('extremely randomised trees', () => {
  it('know every row when each is a leaf of its own, seed 1', () => {
    const rows = points(60, 3, 1)
    const targets = rows.map(([x = NaN, y = NaN]) => x - 2 * y)
    const forest = Forest.fit(rows, targets, settings, 1)
    expect(rows.map((row) => forest.predict(row))).toEqual(
      targets.map((target) => expect.closeTo(target, 12) as number),
    )
  })

  it('predict what they have not seen, better than the mean and worse than perfectly, seed 2', () => {
    const value = ([x = NaN, y = NaN]: readonly number[]): number => Math.sin(6 * x) + y ** 2
    const rows = points(400, 3, 2)
    const forest = Forest.fit(rows, rows.map(value), { ...settings, splitAt: 4 }, 1)
    const errors = points(200, 3, 3).map((row) => Math.abs(forest.predict(row) - value(row)))
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.12)
    expect(Math.max(...errors)).toBeGreaterThan(0)
  })

  it('are the same for the same seed, and constant where the targets are', () => {
    const rows = points(30, 3, 4)
    const targets = rows.map(([x = NaN]) => x)
    const predict = (seed: number) => Forest.fit(rows, targets, settings, seed).predict([0.3, 0.3, 0.3])
    expect(predict(1)).toBe(predict(1))
    expect(predict(1)).not.toBe(predict(2))
    expect(
      Forest.fit(
        rows,
        rows.map(() => 7),
        settings,
        1,
      ).predict([0, 0, 0]),
    ).toBe(7)
  })

  it('do without a cut where rows are equal', () => {
    const forest = Forest.fit([[1], [1], [1]], [1, 2, 3], settings, 1)
    expect(forest.predict([1])).toBe(2)
  })
})

const header =
  'decoder,epochs,map_size,nu_pre,nu_post,strength_exc,strength_inh,norm,e_thresh,e_rest,e_refrac,theta_plus,' +
  'tc_theta_decay,e_tc_decay,i_thresh,i_rest,i_refrac,i_tc_decay,valid,total_time,constraint_0,constraint_1,stopped,algorithm'
const line =
  '2gram,2,148,0.001,0.008,221,115,85,-8,-64,1,0.4,9396549,3890,-20,-53,19,4917,0.6576,2107.5,0.0012,-0.099,True,InitSCBO'

describe('the published evaluations', () => {
  it('are read under the names of the presets', () => {
    const [row, ...others] = parseLog(`${header}\n${line}\n`)
    expect(others).toEqual([])
    expect(row).toMatchObject({
      configuration: { decoder: '2gram', mapSize: 148, learningRatePre: 0.001, tauMembraneInhibitoryMs: 4917 },
      accuracy: 0.6576,
      constraints: [0.0012, -0.099],
      durationMs: 2_107_500,
      stopped: true,
      initial: true,
    })
    expect(validateConfiguration(loggedSpace, row?.configuration ?? {})).toEqual([])
  })

  it('are refused where a figure is missing', () => {
    expect(() => parseLog(`${header}\n${line.replace('0.6576', '')}\n`)).toThrow()
  })
})

/** Networks that are silent where the threshold is high, and otherwise the better, the larger. */
const synthetic: readonly LoggedEvaluation[] = Array.from({ length: 300 }, (_, seed) => {
  const configuration = randomConfiguration(loggedSpace, seed)
  const point = unitFromConfiguration(loggedSpace, configuration)
  const silent = (point[8] ?? NaN) > 0.6
  return {
    configuration,
    accuracy: 0.5 * (point[2] ?? NaN),
    constraints: [silent ? 0.001 : -0.05, -0.09],
    durationMs: silent ? 1000 : 5000,
    stopped: silent,
    initial: seed < 100,
  }
})

describe('a landscape of evaluations', () => {
  it('keeps the scale of constraints: zero is zero, and back is back', () => {
    for (const value of [-0.1, -1e-5, 0, 1e-6, 0.02]) expect(gathered(spread(value))).toBeCloseTo(value, 15)
    expect(spread(1e-9)).toBeGreaterThan(0)
  })

  it('predicts what is feasible, and takes as long as those that were', () => {
    const landscape = createLandscape(synthetic)
    for (let seed = 1000; seed < 1050; seed++) {
      const configuration = randomConfiguration(loggedSpace, seed)
      const share = unitFromConfiguration(loggedSpace, configuration)[8] ?? NaN
      if (share > 0.5 && share < 0.7) continue
      const { evaluation, durationMs } = landscape.evaluate(configuration)
      expect(evaluation).toMatchObject({ kind: 'measured', constraints: [{ name: 'silence:excitatory' }, {}] })
      expect(durationMs).toBe(share > 0.6 ? 1000 : 5000)
    }
    expect(randomFeasibleShare(landscape, 500)).toBeCloseTo(0.6, 1)
  })

  it('is measured on rows that it has not seen', () => {
    const { fits, feasibility } = crossValidate(synthetic)
    expect(fits.map(({ output }) => output)).toEqual(['accuracy', 'silence:excitatory', 'silence:inhibitory'])
    expect(fits[0]?.all.determination).toBeGreaterThan(0.8)
    expect(fits[0]?.all.determination).toBeLessThan(1)
    expect(feasibility).toBeGreaterThan(0.9)
  })

  const log = readEvaluationLog()
  it.skipIf(log === null)('of the real evaluations, which need the shared data sets, has rare feasible points', () => {
    expect(log).toHaveLength(868)
    const invalid = (log ?? []).flatMap(({ configuration }) => validateConfiguration(loggedSpace, configuration))
    expect(invalid).toEqual([])
    const share = randomFeasibleShare(createLandscape(log ?? []), 1000)
    expect(share).toBeGreaterThan(0.003)
    expect(share).toBeLessThan(0.03)
  })
})
