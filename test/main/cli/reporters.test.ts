import { describe, expect, it } from 'vitest'
import type { TrialRow } from '../../../src-core/progress/readModel.ts'
import { linesOf } from './spiketune.ts'
import { complete, row } from '../../core/progress/fixtures.ts'
import { createJsonReporter } from '../../../src-main/cli/progress/jsonReporter.ts'
import { createPlainReporter } from '../../../src-main/cli/progress/plainReporter.ts'
import { applyChange } from '../../../src-main/cli/progress/progressView.ts'
import type { Reporter } from '../../../src-main/cli/progress/reporter.ts'
import type { Terminal } from '../../../src-main/cli/terminal.ts'
import { plain, training, view } from './fixtures.ts'

/** Plays changes of one trial each to a reporter, and returns what it printed. */
const play = (create: (terminal: Terminal) => Reporter, rows: TrialRow[]): string[] => {
  const printed: string[] = []
  const reporter = create({
    stdout: process.stdout,
    interactive: false,
    attended: false,
    ask: () => Promise.resolve(null),
    unicode: false,
    styles: plain,
    columns: 80,
    rows: 24,
    closed: new AbortController().signal,
    print: (text) => void printed.push(text),
    write: () => Promise.resolve(),
    flush: () => Promise.resolve('written'),
    warn: (text) => void printed.push(`stderr: ${text}`),
  })
  let current = view([])
  reporter.started(current)
  for (const trial of rows) {
    const change = { summary: view(rows).summary, trials: [trial] }
    current = applyChange(current, change)
    reporter.changed(current, change)
  }
  reporter.interrupted({ ...current, interruption: 'draining' })
  reporter.ended()
  return printed
}

const course: TrialRow[] = [
  row(3),
  training(3, 'cpu-0', [0, 0]),
  training(3, 'cpu-0', [10, 0]),
  complete(3, 0.5),
  // Its network was among the best no more.
  { ...complete(3, 0.5), networkFile: null },
  // So was that of a trial of an earlier run.
  complete(1, 0.4),
]

describe('createPlainReporter', () => {
  it('tells of each trial once, when it ends', () => {
    const lines = play(createPlainReporter, course)
    expect(lines.filter((line) => line.includes('trial 3 complete'))).toHaveLength(1)
    expect(lines.filter((line) => line.includes('trial 1'))).toEqual([])
    expect(lines.at(-1)).toBe('Ending after the running trials; press Ctrl-C again to pause now.')
  })
})

describe('createJsonReporter', () => {
  it('prints each state of each trial once, and neither progress nor what ended before the run', () => {
    const lines = linesOf(`${play(createJsonReporter, course).join('\n')}\n`)
    expect(
      lines.map((line) => (line.type === 'trial' ? `${line.trial.number} ${line.trial.state}` : line.type)),
    ).toEqual(['study', '3 waiting', '3 running', '3 complete', 'interrupted'])
  })
})

describe('applyChange', () => {
  it('keeps running trials in the order of their workers', () => {
    const rows = [training(7, 'cpu-10'), training(8, 'cpu-2'), training(9, 'cpu-1')]
    const { summary } = view([])
    const all = rows.reduce((current, trial) => applyChange(current, { summary, trials: [trial] }), view([]))
    expect(all.running.map(({ worker }) => worker)).toEqual(['cpu-1', 'cpu-2', 'cpu-10'])
    const ended = applyChange(all, { summary, trials: [complete(8, 0.5)] })
    expect(ended.running.map(({ number }) => number)).toEqual([9, 7])
  })
})
