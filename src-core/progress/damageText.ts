import type { Damage, StudyCheck } from '../contracts/studyCheck.ts'

/** One thing that is not what was written, in a line. */
export const damageText = ({ trial, part, message }: Damage): string =>
  trial === null ? `${partWords[part]}: ${message}` : `Trial ${trial}: ${message}`

const partWords = {
  trial: 'Trials',
  annotation: 'What people said',
  confirmation: 'Confirmations',
  network: 'Networks',
  journal: 'Journal',
  study: 'Study',
  database: 'Database',
} as const satisfies Record<Damage['part'], string>

/** How much of what is stored was verified, in a sentence. */
export function checkSentence({ trials, networks }: StudyCheck): string {
  const sum = (key: 'intact' | 'unverified'): number => trials[key] + (networks?.[key] ?? 0)
  const unverified =
    sum('unverified') === 0 ? '' : ` ${sum('unverified')} of a version without checksums are not verified.`
  return `${sum('intact')} trials and networks are intact.${unverified}`
}
