import type { Damage, StudyCheck } from '../../../src-core/contracts/studyCheck.ts'
import { damageSummary } from '../../../src-core/progress/damageText.ts'
import { countOf, formatCount } from './format.ts'

/** What a look at everything that is stored found, for people: how much of it was verified. */
export const checkPairs = ({ trials, entries, networks, damage }: StudyCheck): [label: string, value: string][] => [
  ['trials', tallyText(trials)],
  ['journal', countOf(entries, 'event')],
  ...(networks === null ? [] : [['networks', tallyText(networks)] as [string, string]]),
  ['damage', damage.length === 0 ? 'none' : formatCount(damage.length)],
]

const tallyText = ({ intact, unverified, damaged }: StudyCheck['trials']): string =>
  [
    `${formatCount(intact)} intact`,
    ...(damaged === 0 ? [] : [`${formatCount(damaged)} damaged`]),
    ...(unverified === 0 ? [] : [`${formatCount(unverified)} not verified: of a version without checksums`]),
  ].join(', ')

/** At most this many things are named where a study is only shown. */
const namedAtMost = 5

/** What is damaged, in few lines. @param command that names all of it */
export const damageLines = (damage: readonly Damage[], command: string): string[] => {
  if (damage.length === 0) return []
  const lines = damageSummary(damage)
  const more = lines.length - namedAtMost
  return [
    'Warning: what is stored of this study is not what was written. Damaged trials are left out.',
    ...lines.slice(0, namedAtMost).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${formatCount(more)} more: ${command}`] : []),
  ]
}
