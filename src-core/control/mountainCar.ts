/**
 * Mountain car: a car too weak for its hill has to swing up to the flag (Moore 1990), by the equations of gymnasium's
 * MountainCar-v0: v += (action - 1) F - G cos(3 x), cut to +-0.07; x += v, cut to -1.2..0.6; the left wall stops it.
 */
import { createGenerator } from '../random/generator.ts'
import { deriveSeed } from '../random/seed.ts'
import { type ControlTask, requireAction } from './controlTask.ts'

const force = 0.001
const gravity = 0.0025
const lowestPosition = -1.2
const highestPosition = 0.6
const highestSpeed = 0.07
const goal = 0.5

const name = 'mountain-car'
const actions = ['left', 'none', 'right'] as const
const cut = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)

export const mountainCar: ControlTask = {
  name,
  stateNames: ['position', 'velocity'],
  observations: [
    { name: 'position', low: lowestPosition, high: highestPosition },
    { name: 'velocity', low: -highestSpeed, high: highestSpeed },
  ],
  actions,
  stepLimit: 200,
  stepReward: -1,
  reset: (seed) => [-0.6 + 0.2 * createGenerator(deriveSeed(seed, name)).next(), 0],
  observe: (state) => state,
  step([position = 0, velocity = 0], action) {
    requireAction(mountainCar, action)
    const pushed = velocity + (action - 1) * force + Math.cos(3 * position) * -gravity
    const speed = cut(pushed, -highestSpeed, highestSpeed)
    const next = cut(position + speed, lowestPosition, highestPosition)
    const kept = next === lowestPosition && speed < 0 ? 0 : speed
    return { state: [next, kept], reward: -1, ended: next >= goal && kept >= 0 }
  },
}
