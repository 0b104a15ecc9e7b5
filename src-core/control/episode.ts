import { SpiketuneError } from '../errors/spiketuneError.ts'
import { deriveSeed, type Seed } from '../random/seed.ts'
import { cartPoleTasks } from './cartPole.ts'
import type { ControlTask } from './controlTask.ts'
import { mountainCar } from './mountainCar.ts'

/** Every control task; another one is a file of its own, and an entry here. */
export const controlTasks: readonly ControlTask[] = [...cartPoleTasks, mountainCar]

interface Episode {
  readonly steps: number
  /** Sum of the rewards. */
  readonly score: number
  /** Whether the limit of steps ended it, not the task. */
  readonly cut: boolean
}

/** The seed of the start of an episode of a trial. */
export const episodeSeed = (seed: Seed, episode: number): Seed => deriveSeed(seed, 'episode', episode)

/**
 * Plays a task from the start of a seed, deciding by what is observed, until it ends.
 * @param watch told of every state, the first one too
 * @throws {RangeError} when an action is decided on that the task does not have
 */
export const playEpisode = (
  task: ControlTask,
  seed: Seed,
  decide: (observations: readonly number[]) => number,
  watch?: (state: readonly number[]) => void,
): Episode => {
  let state = task.reset(seed)
  let score = 0
  watch?.(state)
  for (let steps = 1; steps <= task.stepLimit; steps++) {
    const step = task.step(state, decide(task.observe(state)))
    state = step.state
    score += step.reward
    watch?.(state)
    if (step.ended) return { steps, score, cut: false }
  }
  return { steps: task.stepLimit, score, cut: true }
}

/**
 * A score as a share of the best there is, so that it can stand where others have an accuracy: of the steps up to the limit, those
 * that were played where a step earns, those that were saved where it costs.
 */
export const scoreShare = ({ stepLimit, stepReward }: ControlTask, score: number): number => {
  const steps = Math.min(1, Math.abs(score / (stepReward * stepLimit)))
  return stepReward > 0 ? steps : 1 - steps
}

/**
 * Refuses a task that is over with its first step whatever is done: all networks would be as good.
 * @throws {SpiketuneError} definition-invalid
 */
export const requireChoice = (task: ControlTask, seed: Seed): void => {
  const start = task.reset(seed)
  if (task.stepLimit > 1 && task.actions.some((_, action) => !task.step(start, action).ended)) return
  throw new SpiketuneError(
    'definition-invalid',
    `The control task ${task.name} ends at its first step whatever is done, so there is nothing to learn. ` +
      'Give it a start that is not at its end, and a limit of at least 2 steps.',
  )
}
