import { describe, expect, it } from 'vitest'
import { objectiveNumber } from '../../../src-core/progress/objectiveText.ts'
import { raceSentence, replicatesWords } from '../../../src-core/progress/replicatesText.ts'
import type { ShownReplicates } from '../../../src-core/progress/readModel.ts'
import { toTrialRow } from '../../../src-core/progress/trialRow.ts'
import { estimateTimeLeftMs } from '../../../src-core/progress/timeLeft.ts'
import { knownOutcome, knownSpace, knownTrials, replicated } from '../diagnostics/knownTrials.ts'
import { running } from './fixtures.ts'

const of = (end: Partial<NonNullable<ShownReplicates['raceEnd']>>): ShownReplicates => ({
  ...{ trained: 3, objectiveStandardError: 0.01, constraintStandardErrors: [0.02] },
  raceEnd: { planned: 10, by: 'objective', bound: 0.81234, limit: 0.9, ...end },
})

describe('replicates in words', () => {
  it('are a mean with its standard error, of accuracies and of costs', () => {
    expect(objectiveNumber('accuracy', 0.953, 0.004)).toBe('0.9530 ± 0.0040')
    expect(objectiveNumber('spikesPerSample', -1204.5, 12)).toBe('1,204.5 ± 12.00')
    expect(objectiveNumber('accuracy', 0.953)).toBe('0.9530')
  })

  it('say why a trial ended before its last, with the figures', () => {
    expect(raceSentence(of({}), 'accuracy')).toBe(
      'It ended after 3 of 10 replicates, as it was hopeless: its mean accuracy is at most 0.8123 (95 %), and the best trial had 0.9000.',
    )
    expect(raceSentence(of({ bound: -50, limit: -40 }), 'spikesPerSample')).toContain(
      'its mean spikes per sample is at least 50.00 (95 %), and the best trial had 40.00',
    )
    expect(raceSentence(of({ by: 'silence:hidden', bound: 0.25, limit: 0 }), 'accuracy')).toContain(
      'the mean of the constraint hidden non-spiking share is at least 0.2500 (95 %), and 0 is allowed',
    )
    expect(raceSentence(undefined, 'accuracy')).toBeNull()
    expect(replicatesWords({ ...of({}), raceEnd: undefined })).toBe('3 replicates')
  })
})

describe('the row of a trial of replicates', () => {
  it('has their number and standard errors', () => {
    const [plain] = knownTrials(knownSpace, 1, knownOutcome)
    const [trial] = plain === undefined ? [] : replicated([plain], () => 0.03)
    if (plain === undefined || trial === undefined) throw new Error('there is one')
    const error = expect.closeTo(0.03 / Math.sqrt(3), 12) as number
    expect(toTrialRow(trial).replicates).toEqual({
      ...{ trained: 3, objectiveStandardError: error, constraintStandardErrors: [error] },
    })
    expect(toTrialRow(plain)).not.toHaveProperty('replicates')
  })

  it('is as far as its replicates are, also while one of them is tested', () => {
    const row = running(0, 0, 0.5, 1000)
    if (row.progress === null) throw new Error('it runs')
    const left = (change: object): number | null =>
      estimateTimeLeftMs({
        ...{ state: { kind: 'draining' }, budget: {}, finishedTrials: 0, finishedDurationMs: 0, timedTrials: 0 },
        ...{ workers: 1, elapsedMs: 0, running: [{ ...row, progress: { ...row.progress, ...change } as never }] },
      })
    expect(left({ replicate: { number: 2, of: 4 } })).toBe(1000)
    expect(left({ phase: 'testing', replicate: { number: 1, of: 4 } })).toBe(3000)
    // How long the last test takes is not known.
    expect(left({ phase: 'testing', replicate: { number: 4, of: 4 } })).toBeNull()
    expect(left({ phase: 'testing' })).toBeNull()
  })
})
