/**
 * Cart-pole: a pole hinged on a cart that is pushed along a track.
 *
 * | symbol   | meaning                                   | unit          |
 * | -------- | ----------------------------------------- | ------------- |
 * | x, x'    | position and velocity of the cart         | m, m/s        |
 * | a, a'    | angle of the pole from upright, its rate  | rad, rad/s    |
 * | F        | force of an action                        | N             |
 *
 * Equations of Barto, Sutton & Anderson (IEEE SMC-13, 1983) as corrected by Florian (2007), explicit Euler with the old
 * velocities, in the order of operations of gymnasium 1.3.0, to whose trajectories the tests hold it.
 */
import { createGenerator } from '../random/generator.ts'
import { deriveSeed } from '../random/seed.ts'
import { type ControlTask, type Observation, requireAction } from './controlTask.ts'

const gravity = 9.8
const cartMass = 1
const poleMass = 0.1
const totalMass = poleMass + cartMass
const halfPoleLength = 0.5
const poleMassLength = poleMass * halfPoleLength
const forceN = 10
const dtSeconds = 0.02
const positionLimit = 2.4
const angleLimit = (12 * 2 * Math.PI) / 360

/** Episodes begin within this distance of upright and still, in every number of the state. */
const startSpread = 0.05

const position: Observation = { name: 'position', low: -2.4, high: 2.4 }
const angle: Observation = { name: 'angle', low: -0.2095, high: 0.2095 }
const all: readonly Observation[] = [
  position,
  { name: 'velocity', low: -2, high: 2 },
  angle,
  { name: 'angularVelocity', low: -2, high: 2 },
]

const push = (force: number, [x = 0, velocity = 0, a = 0, rate = 0]: readonly number[]): readonly number[] => {
  const cosine = Math.cos(a)
  const sine = Math.sin(a)
  const acceleration = (force + poleMassLength * (rate * rate) * sine) / totalMass
  const angleAcceleration =
    (gravity * sine - cosine * acceleration) /
    (halfPoleLength * (4.0 / 3.0 - (poleMass * (cosine * cosine)) / totalMass))
  const cartAcceleration = acceleration - (poleMassLength * angleAcceleration * cosine) / totalMass
  return [
    x + dtSeconds * velocity,
    velocity + dtSeconds * cartAcceleration,
    a + dtSeconds * rate,
    rate + dtSeconds * angleAcceleration,
  ]
}

const forces = { left: -forceN, right: forceN, none: 0 } as const
type Push = keyof typeof forces

interface Level {
  readonly name: string
  readonly observations: readonly Observation[]
  readonly actions: readonly Push[]
  readonly stepLimit: number
}

const cartPole = ({ name, observations, actions, stepLimit }: Level): ControlTask => {
  const stateNames = all.map((one) => one.name)
  const seen = observations.map((one) => stateNames.indexOf(one.name))
  return {
    name,
    stateNames,
    observations,
    actions,
    stepLimit,
    // As gymnasium: the step that ends it is rewarded too.
    stepReward: 1,
    reset(seed) {
      const generator = createGenerator(deriveSeed(seed, 'cart-pole'))
      return stateNames.map(() => (2 * generator.next() - 1) * startSpread)
    },
    observe: (state) => seen.map((place) => state[place] ?? 0),
    step(state, action) {
      requireAction({ name, actions }, action)
      const next = push(forces[actions[action] ?? 'none'], state)
      const ended = Math.abs(next[0] ?? 0) > positionLimit || Math.abs(next[2] ?? 0) > angleLimit
      return { state: next, reward: 1, ended }
    },
  }
}

/** The four published levels, the easiest first; one has the limit of gymnasium, the others 15,000 steps, five minutes. */
export const cartPoleTasks: readonly ControlTask[] = [
  { name: 'cart-pole-easy', observations: all, actions: ['left', 'right'] as const, stepLimit: 500 },
  { name: 'cart-pole-medium', observations: all, actions: ['none', 'left', 'right'] as const, stepLimit: 15_000 },
  {
    name: 'cart-pole-hard',
    observations: [position, angle],
    actions: ['none', 'left', 'right'] as const,
    stepLimit: 15_000,
  },
  {
    name: 'cart-pole-hardest',
    observations: [position, angle],
    actions: ['left', 'right'] as const,
    stepLimit: 15_000,
  },
].map(cartPole)
