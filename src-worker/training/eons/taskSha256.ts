import { createHash } from 'node:crypto'
import type { StudiedTask } from '../../../src-core/control/controlDataset.ts'

/** What stands for the content of a dataset: all that makes a task another one. */
export const taskSha256 = ({ task, episodes }: StudiedTask): string =>
  createHash('sha256')
    .update(JSON.stringify([task.name, task.stepLimit, episodes]))
    .digest('hex')
