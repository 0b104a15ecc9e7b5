import { describe, expect, it } from 'vitest'
import { type Damage, nothingToCheck } from '../../../src-core/contracts/studyCheck.ts'
import { checkSentence, damageSummary } from '../../../src-core/progress/damageText.ts'

const of = (trial: number | null, part: Damage['part'], message: string): Damage => ({ trial, part, message })

describe('what is damaged', () => {
  it('is said once for all trials of which it is true, at most twenty of them by number', () => {
    expect(
      damageSummary([
        of(1, 'trial', 'The values changed.'),
        of(2, 'network', 'The file is damaged.'),
        of(4, 'trial', 'The values changed.'),
        of(null, 'journal', 'Entries are missing.'),
      ]),
    ).toEqual(['Trials 1, 4: The values changed.', 'Trial 2: The file is damaged.', 'Journal: Entries are missing.'])
    const [line] = damageSummary(Array.from({ length: 23 }, (_, trial) => of(trial, 'trial', 'Gone.')))
    expect(line).toMatch(/^Trials 0, 1, .*, 19 and 3 more: Gone\.$/)
  })

  it('is told apart from what is intact, and from what nobody could verify', () => {
    const tally = (intact: number, unverified = 0) => ({ intact, unverified, damaged: 0 })
    expect(checkSentence({ ...nothingToCheck, trials: tally(24), networks: tally(1) })).toBe(
      'Intact: 24 trials and 1 network.',
    )
    expect(checkSentence({ ...nothingToCheck, trials: tally(1, 2) })).toBe(
      'Intact: 1 trial. Of a version without checksums, and not verified: 2 trials.',
    )
  })
})
