/** Tasks that a network solves by acting: what it observes, what it may do, and what comes of it. */
import type { Seed } from '../random/seed.ts'

/** A number that a network is shown, with the range that encoders cut it to. */
export interface Observation {
  readonly name: string
  readonly low: number
  readonly high: number
}

/** What one action led to. */
interface ControlStep {
  readonly state: readonly number[]
  readonly reward: number
  /** Whether the task is over, won or lost; the limit of steps is counted by who plays. */
  readonly ended: boolean
}

/** A deterministic task: the same seed and actions give the same states on every host. */
export interface ControlTask {
  readonly name: string
  /** Names of the numbers of a state, in their order. */
  readonly stateNames: readonly string[]
  readonly observations: readonly Observation[]
  /** What an action does, by its index. */
  readonly actions: readonly string[]
  readonly stepLimit: number
  /** What every step earns, or, negative, costs. */
  readonly stepReward: number
  /** The state that an episode begins with. */
  reset(seed: Seed): readonly number[]
  /** What a network sees of a state, in the order of `observations`. */
  observe(state: readonly number[]): readonly number[]
  /** @throws {RangeError} when there is no such action */
  step(state: readonly number[], action: number): ControlStep
}

/** @throws {RangeError} when the task has no such action */
export const requireAction = ({ name, actions }: Pick<ControlTask, 'name' | 'actions'>, action: number): void => {
  if (actions[action] === undefined) {
    throw new RangeError(`${name} has the actions 0 to ${actions.length - 1}, not ${action}`)
  }
}
