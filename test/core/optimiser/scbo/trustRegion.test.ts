import { describe, expect, it } from 'vitest'
import type { ScboExplanation } from '../../../../src-core/optimiser/scbo/explanation.ts'
import type { AskedObservation } from '../../../../src-core/optimiser/scbo/observation.ts'
import { afterTold, firstRegion, type TrustRegion } from '../../../../src-core/optimiser/scbo/trustRegion.ts'

const rules = { successesToGrow: 3, failuresToShrink: 4 }

/** An ask in a region as it was then. */
const askedIn = ({ life, generation, length, successes, failures }: TrustRegion): ScboExplanation => ({
  optimiser: 'scbo',
  phase: 'region',
  told: 0,
  life,
  generation,
  length,
  successes,
  failures,
  centre: 0,
  centreFeasible: true,
  candidates: 1,
  feasible: true,
  sampled: { objective: 0, constraints: {} },
  source: 'candidate',
  fit: { told: 0, models: {} },
})

const initial: ScboExplanation = { optimiser: 'scbo', phase: 'initial', told: 0, life: 0, point: 0 }

const observed = (objective: number, violation: number, explanation: ScboExplanation | null): AskedObservation => ({
  trial: 7,
  point: [],
  objective,
  constraints: [],
  failed: false,
  violation,
  explanation,
})
const failed = (explanation: ScboExplanation): AskedObservation => ({
  ...observed(0, Infinity, explanation),
  objective: null,
  failed: true,
})

/** A region whose centre has this objective and violation. */
const regionAt = (objective: number, violation: number): TrustRegion =>
  afterTold(firstRegion, observed(objective, violation, initial), rules)

/** Tells what was asked in the region as it is, again and again. */
const tellAll = (
  region: TrustRegion,
  told: readonly (readonly [objective: number, violation: number])[],
): TrustRegion =>
  told.reduce(
    (now, [objective, violation]) => afterTold(now, observed(objective, violation, askedIn(now)), rules),
    region,
  )

describe('the trust region', () => {
  it('is centred on the best feasible trial, never on the best objective of an infeasible one', () => {
    const region = tellAll(regionAt(0.5, 0), [
      [0.9, 0.01],
      [0.4, 0],
    ])
    expect(region.centre?.objective).toBe(0.5)
    expect(tellAll(region, [[0.6, 0]]).centre?.objective).toBe(0.6)
  })

  it('is centred on the least violation while nothing is feasible, whatever the objective', () => {
    const region = tellAll(regionAt(0.9, 2), [[0.1, 1]])
    expect(region.centre).toMatchObject({ objective: 0.1, violation: 1 })
    expect(region.successes).toBe(1)
    expect(tellAll(region, [[0, 0]])).toMatchObject({ successes: 2, centre: { objective: 0, violation: 0 } })
  })

  it('doubles after successes in a row, up to 1.6', () => {
    const improving = [0.2, 0.3, 0.4].map((objective): [number, number] => [objective, 0])
    const once = tellAll(regionAt(0.1, 0), improving)
    expect(once).toMatchObject({ length: 1.6, successes: 0, failures: 0, generation: 1 })
    expect(
      tellAll(
        once,
        [0.5, 0.6, 0.7].map((objective): [number, number] => [objective, 0]),
      ).length,
    ).toBe(1.6)
  })

  it('halves after failures in a row; a success between begins the count anew', () => {
    const failures: [number, number][] = [
      [0, 0],
      [0, 1],
      [0.4, 0],
    ]
    expect(tellAll(regionAt(0.5, 0), failures)).toMatchObject({ length: 0.8, failures: 3 })
    expect(tellAll(regionAt(0.5, 0), [...failures, [0, 0]])).toMatchObject({ length: 0.4, failures: 0, generation: 1 })
    expect(tellAll(regionAt(0.5, 0), [...failures, [0.6, 0], [0, 0]])).toMatchObject({ length: 0.8, failures: 1 })
  })

  it('moves to what is better by less than a thousandth, but calls it no success', () => {
    const region = tellAll(regionAt(100, 0), [[100.05, 0]])
    expect(region).toMatchObject({ successes: 0, failures: 1, centre: { objective: 100.05 } })
    expect(tellAll(regionAt(100, 0), [[100.2, 0]]).successes).toBe(1)
    // Of a negative incumbent too: a thousandth of its size.
    expect(tellAll(regionAt(-100, 0), [[-99.95, 0]]).failures).toBe(1)
    expect(tellAll(regionAt(-100, 0), [[-99.8, 0]]).successes).toBe(1)
  })

  it('takes a failed trial for a failure, and never for a centre', () => {
    const first = afterTold(firstRegion, failed(initial), rules)
    expect(first.centre).toBeNull()
    const region = regionAt(0.5, 0)
    expect(afterTold(region, failed(askedIn(region)), rules)).toMatchObject({ failures: 1, centre: { objective: 0.5 } })
  })

  it('leaves the counters alone for a cancelled trial', () => {
    const region = regionAt(0.5, 0)
    expect(afterTold(region, { ...failed(askedIn(region)), failed: null }, rules)).toBe(region)
  })

  it('counts failures in the generation they were asked in only', () => {
    const before = regionAt(0.5, 0)
    const shrunk = tellAll(
      before,
      Array.from({ length: 4 }, (): [number, number] => [0, 0]),
    )
    expect(afterTold(shrunk, observed(0, 0, askedIn(before)), rules)).toMatchObject({ failures: 0, length: 0.4 })
  })

  it('goes back to the side length of a success that was asked with another', () => {
    const before = regionAt(0.5, 0)
    const shrunk = tellAll(
      before,
      Array.from({ length: 4 }, (): [number, number] => [0, 0]),
    )
    const moved = afterTold(shrunk, observed(0.8, 0, askedIn(before)), rules)
    expect(moved).toMatchObject({ length: 0.8, successes: 1, generation: 2, centre: { objective: 0.8 } })
  })

  it('begins anew below 2^-7, and takes what was asked before for data only', () => {
    let region = regionAt(0.5, 0)
    const old = askedIn(region)
    for (let failures = 0; failures < 4 * 6; failures++) region = tellAll(region, [[0, 0]])
    expect(region).toMatchObject({ length: 0.8 / 2 ** 6, life: 0 })
    for (let failures = 0; failures < 4; failures++) region = tellAll(region, [[0, 0]])
    expect(region).toMatchObject({ length: 0.8, life: 1, centre: null, successes: 0, failures: 0 })
    expect(afterTold(region, observed(0.9, 0, old), rules)).toBe(region)
    const found = afterTold(region, observed(0.2, 0, { ...initial, life: 1 }), rules)
    expect(found.centre?.objective).toBe(0.2)
  })

  it('begins anew below 0.1 already where nothing is feasible', () => {
    let region = regionAt(0.5, 2)
    for (let failures = 0; failures < 4 * 3; failures++) region = tellAll(region, [[0.9, 3]])
    expect(region).toMatchObject({ length: 0.1, life: 0 })
    for (let failures = 0; failures < 4; failures++) region = tellAll(region, [[0.9, 3]])
    expect(region).toMatchObject({ length: 0.8, life: 1, centre: null })
  })

  it('lets a trial that nobody asked for be a centre, but count for nothing', () => {
    const region = afterTold(regionAt(0.5, 0), observed(0.7, 0, null), rules)
    expect(region).toMatchObject({ successes: 0, failures: 0, centre: { objective: 0.7 } })
  })
})
