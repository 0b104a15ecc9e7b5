/** The control task that a study names in place of a dataset. */
import type { StudyDefinition } from '../study/definition.ts'
import type { ControlTask } from './controlTask.ts'
import { controlTasks } from './episode.ts'

export interface StudiedTask {
  /** With the study's limit of steps. */
  readonly task: ControlTask
  /** How often a network plays it. */
  readonly episodes: number
}

/** Null: the dataset has samples. */
export const controlTaskOf = ({
  name,
  level = 'easy',
  episodes = 5,
  maximumSteps,
}: StudyDefinition['dataset']): StudiedTask | null => {
  const named = name === 'cart-pole' ? `cart-pole-${level}` : name
  const task = controlTasks.find((one) => one.name === named)
  if (task === undefined) return null
  return { task: { ...task, stepLimit: maximumSteps ?? task.stepLimit }, episodes }
}
