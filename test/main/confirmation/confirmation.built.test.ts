import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src-main/scheduler/clock.ts'
import { StudyStore } from '../../../src-main/storage/studyStore.ts'
import { tinyStudy, Workspace } from '../cli/spiketune.ts'

let workspace: Workspace
beforeEach(async () => {
  workspace = new Workspace()
  const { code } = await workspace.run('run', workspace.write('tiny.yaml', tinyStudy({ trials: 5 })), '--quiet')
  expect(code).toBe(0)
})
afterEach(() => {
  workspace.dispose()
})

interface Printed {
  readonly state: string
  readonly runs: readonly { readonly trial: number; readonly seed: number; readonly outcome: unknown }[]
  readonly trials: readonly { readonly trial: number; readonly accuracies: readonly number[]; readonly mean: number }[]
}

const confirm = async (...words: string[]): Promise<Printed> => {
  const [document] = await workspace.json('confirm', 'tiny-1', ...words)
  return document as Printed
}

const stored = () => {
  const store = StudyStore.openReadOnly(join(workspace.library, 'tiny-1', 'study.sqlite'), systemClock)
  try {
    return store.confirmations()
  } finally {
    store.close()
  }
}

/** Durations differ from run to run. */
const accuraciesOf = ({ trials }: Printed) => trials.map(({ trial, accuracies }) => ({ trial, accuracies }))

describe('spiketune confirm', () => {
  it('trains the best anew with new seeds on the test samples, the same each time', async () => {
    const first = await confirm('--top', '2', '--seeds', '2')
    expect(first.state).toBe('finished')
    expect(first.runs.map(({ trial }) => trial)).toEqual([
      first.runs[0]?.trial,
      first.runs[0]?.trial,
      first.runs[2]?.trial,
      first.runs[2]?.trial,
    ])
    expect(new Set(first.runs.map(({ seed }) => seed)).size).toBe(4)
    for (const { accuracies, mean } of first.trials) {
      expect(accuracies).toHaveLength(2)
      expect(mean).toBeCloseTo(((accuracies[0] ?? NaN) + (accuracies[1] ?? NaN)) / 2, 12)
    }
    expect(accuraciesOf(await confirm('--top', '2', '--seeds', '2'))).toEqual(accuraciesOf(first))
  })

  it('keeps what was measured when it is killed, and goes on with the rest', async () => {
    const undisturbed = await confirm('--trial', '0', '1', '--seeds', '3')
    const killed = workspace.start(['confirm', 'tiny-1', '--trial', '0', '1', '--seeds', '4'])
    await killed.until((stdout) => stdout.includes('[2/8]'))
    killed.child.kill('SIGKILL')
    await killed.ended
    const resumed = await confirm('--trial', '0', '1', '--seeds', '4')
    expect(resumed.state).toBe('finished')
    const firstThree = resumed.trials.map(({ trial, accuracies }) => ({ trial, accuracies: accuracies.slice(0, 3) }))
    expect(firstThree).toEqual(accuraciesOf(undisturbed))
    // It went on with the one that was killed.
    expect(stored()).toMatchObject([
      { id: 1, state: 'finished' },
      { id: 2, state: 'finished' },
    ])
  })

  it('says what is wrong with trials and counts', async () => {
    const none = await workspace.run('confirm', 'tiny-1', '--trial', '99')
    expect(none.code).toBe(3)
    expect(none.stderr).toContain('There is no trial 99.')
    expect((await workspace.run('confirm', 'tiny-1', '--seeds', '0')).code).toBe(2)
  })
})
