import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ControlTask } from '../../../src-core/control/controlTask.ts'
import { controlTaskOf } from '../../../src-core/control/controlDataset.ts'
import { controlTasks, episodeSeed, playEpisode, requireChoice, scoreShare } from '../../../src-core/control/episode.ts'

const seed = 20261130
const golden = z
  .object({
    cases: z.array(
      z.object({
        actions: z.array(z.number()),
        states: z.array(z.array(z.number())),
        rewards: z.array(z.number()),
        terminated_at_step: z.number().nullable(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('test/golden/eons/cartpoleEnv.json', 'utf8')))

const taskNamed = (name: string): ControlTask => {
  const task = controlTasks.find((one) => one.name === name)
  if (task === undefined) throw new Error(name)
  return task
}
const pole = taskNamed('cart-pole-easy')
const car = taskNamed('mountain-car')

describe('cart-pole', () => {
  it.each(golden.cases.map((one, index) => ({ ...one, index })))('is that of gymnasium, case $index', (one) => {
    let state: readonly number[] = one.states[0] ?? []
    for (const [index, action] of one.actions.entries()) {
      const step = pole.step(state, action)
      for (const [place, value] of step.state.entries()) {
        expect(Math.abs(value - (one.states[index + 1]?.[place] ?? NaN))).toBeLessThanOrEqual(2.2e-16)
      }
      expect(step.reward).toBe(one.rewards[index])
      expect(step.ended).toBe(index + 1 === one.terminated_at_step)
      state = step.state
    }
  })

  it('shows and allows what its level says', () => {
    const state = [1, 2, 0.1, 4]
    expect(pole.observe(state)).toEqual(state)
    expect(taskNamed('cart-pole-hardest').observe(state)).toEqual([1, 0.1])
    const medium = taskNamed('cart-pole-medium')
    expect(medium.step(state, 2)).toEqual(pole.step(state, 1))
    expect(medium.step(state, 1)).toEqual(pole.step(state, 0))
    // Upright and still, and left alone, it stays so.
    expect(taskNamed('cart-pole-hard').step([0, 0, 0, 0], 0).state).toEqual([0, 0, 0, 0])
  })

  it('is kept up by a person’s rule until the limit of steps, and falls without', () => {
    const balance = (seen: readonly number[]): number => Number((seen[2] ?? 0) + 0.25 * (seen[3] ?? 0) > 0)
    expect(playEpisode(pole, 1, balance)).toEqual({ steps: 500, score: 500, cut: true })
    expect(playEpisode(pole, 1, () => 0)).toMatchObject({ cut: false })
  })
})

describe('mountain car', () => {
  it('moves by its equations', () => {
    // By hand: v = 0 + 0.001 - 0.0025 cos(-1.5); x = -0.5 + v
    const velocity = 0.001 - 0.0025 * Math.cos(-1.5)
    const { state, reward, ended } = car.step([-0.5, 0], 2)
    expect(state[1]).toBeCloseTo(velocity, 17)
    expect(state[0]).toBeCloseTo(-0.5 + velocity, 15)
    expect({ reward, ended }).toEqual({ reward: -1, ended: false })
    expect(car.step([-1.19, -0.07], 0).state).toEqual([-1.2, 0])
    expect(car.step([0.45, 0.07], 2).ended).toBe(true)
    expect(car.step([-0.5, 0.07], 2).state[1]).toBeLessThanOrEqual(0.07)
  })

  it('is won by pushing with the swing, and by nothing simpler', () => {
    const swing = playEpisode(car, 3, ([, velocity = 0]) => (velocity >= 0 ? 2 : 0))
    expect(swing.cut).toBe(false)
    expect(swing.score).toBe(-swing.steps)
    expect(playEpisode(car, 3, () => 2)).toEqual({ steps: 200, score: -200, cut: true })
  })
})

describe.each(controlTasks)(`every control task (fast-check seed ${seed}): $name`, (task) => {
  it('comes to the same from the same seed and actions, and begins elsewhere from another', () => {
    const visited = (episode: number): (readonly number[])[] => {
      const states: (readonly number[])[] = []
      let turn = 0
      playEpisode(
        { ...task, stepLimit: 50 },
        episodeSeed(seed, episode),
        () => turn++ % task.actions.length,
        (state) => states.push(state),
      )
      return states
    }
    expect(visited(0)).toEqual(visited(0))
    expect(visited(1)[0]).not.toEqual(visited(0)[0])
    expect(visited(0)[0]).toHaveLength(task.stateNames.length)
  })

  it('begins within what it shows, with a choice', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (start) => {
        requireChoice(task, start)
        for (const [index, value] of task.observe(task.reset(start)).entries()) {
          expect(value).toBeGreaterThanOrEqual(task.observations[index]?.low ?? NaN)
          expect(value).toBeLessThanOrEqual(task.observations[index]?.high ?? NaN)
        }
      }),
      { seed, numRuns: 30 },
    )
  })

  it('refuses actions that it does not have, and a start that is the end', () => {
    const start = task.reset(seed)
    expect(() => task.step(start, task.actions.length)).toThrow(RangeError)
    expect(() => task.step(start, 0.5)).toThrow(RangeError)
    const over: ControlTask = { ...task, step: (state) => ({ state, reward: 0, ended: true }) }
    expect(() => requireChoice(over, seed)).toThrow(/ends at its first step whatever is done/)
  })
})

describe('a control task in place of a dataset', () => {
  const studied = (dataset: object) => controlTaskOf({ name: 'cart-pole', trainFraction: 0.8, ...dataset })

  it('is the easy cart-pole, five times, unless more is said', () => {
    expect(studied({})).toMatchObject({ task: { name: 'cart-pole-easy', stepLimit: 500 }, episodes: 5 })
    expect(studied({ level: 'hardest', episodes: 2, maximumSteps: 30 })).toMatchObject({
      task: { name: 'cart-pole-hardest', stepLimit: 30 },
      episodes: 2,
    })
    expect(studied({ name: 'mountain-car' })).toMatchObject({ task: { name: 'mountain-car', stepLimit: 200 } })
    expect(studied({ name: 'iris' })).toBeNull()
  })

  it('is played no longer than the study says', () => {
    const task = studied({ name: 'mountain-car', maximumSteps: 30 })?.task ?? pole
    expect(playEpisode(task, episodeSeed(seed, 0), () => 1)).toEqual({ steps: 30, score: -30, cut: true })
  })

  it('has a share of the best score, by the steps that earn or cost', () => {
    expect([0, 125, 500].map((score) => scoreShare(pole, score))).toEqual([0, 0.25, 1])
    expect([-200, -150, -10].map((score) => scoreShare(car, score))).toEqual([0, 0.25, 0.95])
  })
})
