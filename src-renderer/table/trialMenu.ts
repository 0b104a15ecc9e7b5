import { hasEnded, type TrialRow } from '../../src-core/progress/readModel.ts'
import type { MenuEntry } from '../components/ContextMenu.svelte'
import { formatPlural } from '../trials/format.ts'
import { type Board, comparedAtMost } from '../state/board.svelte.ts'
import { copyTrial, refusalOf, setExcluded, setPinned, trainingRefusalOf } from './trialActions.ts'

/** What can be done with a trial, and with all brushed ones where it is one of them. */
export const trialMenu = (board: Board, trial: TrialRow): MenuEntry[] => {
  const { number, annotation } = trial
  const refusal = refusalOf(board)
  const compared = board.compared.includes(number)
  const full = !compared && board.compared.length >= comparedAtMost
  const brushed = board.brush?.has(number) === true && board.brush.size > 1 ? [...board.brush] : null
  const ofAll = brushed === null ? '' : ` ${formatPlural(brushed.length, 'trial')}`
  return [
    {
      label: 'Inspect',
      keys: 'Enter',
      reason: board.untrainable ?? (trial.state === 'waiting' ? 'It has not begun.' : null),
      run: () => {
        board.inspect(number)
      },
    },
    {
      label: 'Compare',
      keys: 'Space',
      checked: compared,
      reason: full ? `At most ${comparedAtMost} trials are compared.` : null,
      run: () => board.toggleCompared(number),
    },
    'line',
    {
      label: 'Clone and edit…',
      reason: trainingRefusalOf(board),
      run: () => {
        board.dialog = { kind: 'enqueue', from: number }
      },
    },
    {
      label: brushed === null ? 'Note and tags…' : `Tag${ofAll}…`,
      reason: refusal,
      run: () => {
        board.dialog = { kind: 'annotate', numbers: brushed ?? [number] }
      },
    },
    {
      label: 'Pin',
      checked: annotation.pinned,
      reason: refusal,
      run: () => void setPinned(board, number, !annotation.pinned),
    },
    {
      label: `${annotation.excluded ? 'Restore' : 'Exclude'}${ofAll}`,
      reason: refusal ?? (hasEnded(trial) ? null : 'Only a trial that has ended can be left out.'),
      run: () => void setExcluded(board, brushed ?? [number], !annotation.excluded),
    },
    ...(hasEnded(trial)
      ? []
      : [
          {
            label: trial.state === 'running' ? 'Stop this trial…' : 'Remove from the queue…',
            reason: refusal,
            run: () => {
              board.dialog = { kind: 'cancel', number } as const
            },
          },
        ]),
    'line',
    { label: 'Copy as YAML', run: () => void copyTrial(board, trial, 'YAML') },
    { label: 'Copy as JSON', run: () => void copyTrial(board, trial, 'JSON') },
  ]
}
