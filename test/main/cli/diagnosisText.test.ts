import { describe, expect, it } from 'vitest'
import { diagnose, type Diagnosis } from '../../../src-core/diagnostics/diagnosis.ts'
import type { Surrogate } from '../../../src-core/diagnostics/surrogateModel.ts'
import { trustRegionHistory } from '../../../src-core/diagnostics/trustRegionHistory.ts'
import { diagnosisText, importanceTable } from '../../../src-main/cli/text/diagnosisText.ts'
import { feasibilityText } from '../../../src-main/cli/text/feasibilityText.ts'
import { trustRegionText } from '../../../src-main/cli/text/trustRegionText.ts'
import { knownSurrogate } from '../../core/diagnostics/knownSurrogate.ts'
import {
  knownDefinition,
  knownOutcome,
  knownSpace,
  knownTrials,
  observationsOf,
  seenOf,
} from '../../core/diagnostics/knownTrials.ts'
import { coloured, plain } from './fixtures.ts'

const observed = Float64Array.from({ length: 20 }, (_, row) => (row - 9.5) / 10)
const leaveOneOut = { observed, mean: observed.map((value) => 0.9 * value), variance: observed.map(() => 0.04) }
const objective = knownSurrogate(([size = 0, rate = 0]) => 2 * size + rate, 5, {
  leaveOneOut,
  lengthscales: [0.3, 1, 20, 20, 20],
})
const constraint = knownSurrogate(([, , threshold = 0]) => threshold, 5, {
  name: 'silence:excitatory',
  threshold: 0.5,
  variance: 0.01,
  leaveOneOut,
})
const settings = { map: { x: 'threshold', y: 'decoder' }, average: false, resolution: 4 }
const trials = knownTrials(knownSpace, 20, knownOutcome)
const observations = observationsOf(knownDefinition, trials)
const trustRegion = trustRegionHistory(trials)
const diagnosed = (surrogates: readonly Surrogate[]): Diagnosis => ({
  ...diagnose(knownDefinition, { ...seenOf(trials), observations }, surrogates, settings),
  trustRegion,
})
const diagnosis = diagnosed([objective, constraint])
const textOf = (value: Diagnosis, columns = 80): string => diagnosisText(value, columns, plain).join('\n')

describe('a diagnosis in the terminal', () => {
  it('has every part, and fits into 80 columns', () => {
    const text = textOf(diagnosis)
    for (const part of ['Models of 20 finished trials', 'Importance', 'Probability of feasibility', 'Trust region']) {
      expect(text).toContain(part)
    }
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(90)
  })

  it('says how well a model predicts, and the lengthscales of what matters most, in words', () => {
    const text = textOf(diagnosis)
    expect(text).toContain('Q² 0.99')
    expect(text).toContain('lengthscale  0.3 size: short, matters locally')
    expect(text).toContain('1 rate: medium, changes over the range')
    expect(text).toMatch(/20 (threshold|decoder|noise): very long, flat/)
  })

  it('says how large the noise is in units of the objective, where the model knows them', () => {
    // noise of 0.1 standard deviations, of 0.2 in accuracy each
    const inUnits = { ...objective, toNative: (target: number) => 0.7 + 0.2 * target }
    const text = textOf(diagnosed([inUnits, constraint]))
    expect(text).toContain('noise        0.1 standard deviations')
    expect(text).toContain('0.02 in its own units; seeds may differ by more, which `confirm` measures')
    expect(textOf(diagnosis)).not.toContain('own units')
  })

  it('says that there is nothing to learn from equal values', () => {
    const none = new Float64Array(20)
    const flat = { observed: none, mean: none, variance: none.map(() => 1) }
    const text = textOf(diagnosed([{ ...objective, leaveOneOut: flat }]))
    expect(text).toContain('all observed values are equal')
    expect(text).toContain('No map')
  })

  it('has importance with its error, what matters most first', () => {
    const lines = importanceTable(diagnosis.importance, plain).split('\n')
    // V(2 size) / (V(2 size) + V(rate)) = 4/5
    expect(lines.find((line) => line.includes('size'))).toMatch(/0\.(79|8\d) ± 0\.0\d/)
    const order = ['threshold', 'size', 'rate'].map((name) => lines.findIndex((line) => line.includes(name)))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(importanceTable([], plain)).not.toContain('±')
  })

  it('draws the map with its values beside it, upwards', () => {
    const best = diagnosis.feasibility?.place
    const [, where, ...grid] = feasibilityText(diagnosis.feasibility, 80, plain)
    expect(where).toContain('decoder upwards, threshold to the right; all else as in trial')
    expect(best?.kind).toBe('trial')
    // Phi((0.5 - u) / 0.1) at u = 1/8, 3/8, 5/8, 7/8
    const cells = grid.map((line) => line.trim().split(/ +/))
    expect(cells).toEqual([
      ['2gram', '100', '89', '11', '0'],
      ['vote', '100', '89', '11', '0'],
      ['all', '100', '89', '11', '0'],
      ['-67.5', '-62.5', '-57.5', '-52.5'],
    ])
  })

  it('breaks a map that is too wide, and marks what does not apply', () => {
    const { feasibility } = diagnosis
    if (!feasibility) throw new Error('no map')
    const narrow = feasibilityText(feasibility, 24, plain)
    for (const line of narrow.slice(2)) expect(line.length).toBeLessThanOrEqual(24)
    expect(narrow.filter((line) => line.includes('vote'))).toHaveLength(2)
    const probability = feasibility.map.probability.map((row, index) => (index === 0 ? row.map(() => null) : row))
    const partly = feasibilityText({ ...feasibility, map: { ...feasibility.map, probability } }, 80, coloured)
    expect(partly.filter((line) => line.includes('   -'))).toHaveLength(1)
  })

  it('tells the history of the trust region', () => {
    expect(trustRegionText(diagnosis.trustRegion, plain)).toEqual(['Trust region', '  No trial was asked for by SCBO.'])
    const region = (number: number, rest: object) => ({
      number,
      explanation: {
        optimiser: 'scbo',
        phase: 'region',
        told: number,
        life: 0,
        generation: 0,
        length: 0.8,
        successes: 1,
        failures: 0,
        centre: 3,
        centreFeasible: true,
        candidates: 2000,
        feasible: true,
        sampled: { objective: 0.4, constraints: {} },
        source: 'candidate',
        fit: { told: number, models: {} },
        ...rest,
      },
    })
    const history = trustRegionHistory([region(5, {}), region(6, { length: 0.4, generation: 1, centre: 4 })])
    const text = trustRegionText(history, plain).join('\n')
    expect(text).toContain('0.4 at last, from 0.8 to 0.4')
    expect(text).toContain('trial 4; it moved 1 time')
    expect(text).toContain('grown 0 times, shrunk 1 time, 0 restarts')
    expect(text).toContain('trial 6: shrunk from 0.8 to 0.4')
  })
})
