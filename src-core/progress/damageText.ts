import type { Damage, StudyCheck } from '../contracts/studyCheck.ts'

/** One thing that is not what was written, in a line. */
export const damageText = ({ trial, part, message }: Damage): string =>
  `${trial === null ? partWords[part] : `Trial ${trial}`}: ${message}`

const partWords = {
  trial: 'Trials',
  annotation: 'What people said',
  confirmation: 'Confirmations',
  network: 'Networks',
  journal: 'Journal',
  dataset: 'Datasets',
  study: 'Study',
  database: 'Database',
} as const satisfies Record<Damage['part'], string>

/** What is damaged, in few lines: trials of which the same is said stand together. */
export const damageSummary = (damage: readonly Damage[]): string[] => {
  const alike = new Map<string, Damage[]>()
  for (const one of damage) {
    const key = one.trial === null ? damageText(one) : one.message
    alike.set(key, [...(alike.get(key) ?? []), one])
  }
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return []
    const numbers = [first, ...others].flatMap(({ trial }) => (trial === null ? [] : [trial]))
    return numbers.length < 2 ? [damageText(first)] : [`Trials ${listed(numbers)}: ${first.message}`]
  })
}

const numbersAtMost = 20

const listed = (numbers: readonly number[]): string =>
  numbers.length <= numbersAtMost
    ? numbers.join(', ')
    : `${numbers.slice(0, numbersAtMost).join(', ')} and ${numbers.length - numbersAtMost} more`

/** How much of what is stored was verified, in a sentence. */
export const checkSentence = ({ trials, networks }: StudyCheck): string => {
  const counted = (key: 'intact' | 'unverified'): string => {
    const ofNetworks = networks === null || networks[key] === 0 ? [] : [several(networks[key], 'network')]
    return [several(trials[key], 'trial'), ...ofNetworks].join(' and ')
  }
  const unverified = trials.unverified + (networks?.unverified ?? 0)
  const rest = unverified === 0 ? '' : ` Of a version without checksums, and not verified: ${counted('unverified')}.`
  return `Intact: ${counted('intact')}.${rest}`
}

const several = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`
