/** What a dataset is, measured once over all of its samples when it is converted, and shown the same everywhere. */
import { z } from 'zod'
import { sizeOf } from '../encoding/inputEvents.ts'

const count = z.int().min(0)
const size = z.int().min(1)
/** Of all samples with something in them. */
const spread = z.strictObject({ least: z.number(), mean: z.number(), most: z.number() })

export const dataCardSchema = z.strictObject({
  /** Its name in a definition. */
  dataset: z.string(),
  kind: z.enum(['images', 'events', 'values']),
  channels: size,
  rows: size,
  columns: size,
  /** Of a sample; 1: a still, or events. */
  frames: size,
  classes: size.max(256),
  trainSamples: size,
  testSamples: count,
  /** Of its source files, one after the other. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Samples of each class, in the order of their labels. */
  classCounts: z.array(z.strictObject({ name: z.string(), train: count, test: count })).max(256),
  /** Lowest and highest number of the training samples; null: events. */
  range: z.strictObject({ lowest: z.number(), highest: z.number() }).nullable(),
  /** Of a sample; null: no events. */
  eventsPerSample: spread.nullable(),
  /** From the beginning of a sample to its last event; null: no events. */
  durationMs: spread.nullable(),
  /** Samples without an event, or black; of values, none. */
  emptySamples: z.strictObject({ train: count, test: count }),
  /** Samples that are the same as another, empty ones left out. */
  duplicates: z.strictObject({
    /** Training samples that are the same as one before them. */
    train: count,
    /** Samples to test on that are the same as one to train on. */
    tested: count,
    /** Of both, those that are of another class than the one that they are the same as. */
    contradicting: count,
  }),
  /** Of values: inputs that are the same in all training samples; `names` are the first of them. */
  constantInputs: z.strictObject({ count, names: z.array(z.string()) }),
  /** Of values: inputs that count the training samples, one by one; the first of them. */
  countingInputs: z.array(z.string()),
  /** Of values: samples to test on with a number outside of the range that its input has in training, where it is cut off. */
  cutOffTests: count,
  /** What its reader found odd in the files. */
  notes: z.array(z.string()),
})
export type DataCard = z.infer<typeof dataCardSchema>

/** Where fewer than this many of the 256 grey values are used, images are nearly black. */
const darkBelow = 64
const dominating = 0.9
const manyDuplicates = 0.1
const fewPerCent = 0.01
const manyCutOff = 0.1

/** What is suspicious about a dataset, each with what to do or to look at: the one place that decides it. */
export const suspicionsOf = (card: DataCard): readonly string[] => [
  ...card.notes,
  ...ofInputs(card),
  ...ofClasses(card),
  ...ofSamples(card),
]

/** The same of a study, by the datasets that its trials were trained on, the latest last. */
export const suspicionsOfStudy = (cards: readonly DataCard[]): readonly string[] => {
  const latest = cards.at(-1)
  if (latest === undefined) return []
  const changed =
    cards.length === 1
      ? []
      : [
          `Its files have changed: trials were trained on ${cards.length} different ones, and their results cannot be compared. Each trial says by SHA-256 on which.`,
        ]
  return [...changed, ...suspicionsOf(latest)]
}

const ofInputs = (card: DataCard): string[] => {
  const { kind, range, constantInputs, countingInputs, cutOffTests, testSamples } = card
  const found: string[] = []
  if (kind === 'images' && range !== null && range.highest < darkBelow) {
    found.push(
      `The brightest value of its images is ${range.highest} of 255, so that they are shown ${range.highest === 0 ? '' : 'nearly '}black. ` +
        'Scale them to 0 to 255; black and white ones can be saved as Booleans.',
    )
  }
  if (constantInputs.count > 0) {
    const what = `${countText(constantInputs.count)} of ${countText(sizeOf(card))} inputs`
    found.push(`The same in all training samples, so that they say nothing: ${listed(constantInputs)} (${what}).`)
  }
  for (const name of countingInputs) {
    found.push(
      `The input ${name} counts the samples one by one, as row numbers do, which gives classes away where rows are sorted. Leave it out.`,
    )
  }
  if (cutOffTests > testSamples * manyCutOff) {
    found.push(
      `${countText(cutOffTests)} of ${countText(testSamples)} samples to test on have values outside of the range in training, which are cut off. Are they in the same units?`,
    )
  }
  return found
}

const ofClasses = ({ classCounts, trainSamples }: DataCard): string[] => {
  const found: string[] = []
  const untrained = classCounts.filter(({ train }) => train === 0)
  if (untrained.length > 0) {
    const tests = untrained.reduce((sum, { test }) => sum + test, 0)
    const tested = tests === 0 ? '' : `, though ${countText(tests)} to test on ${tests === 1 ? 'is' : 'are'}`
    const names = listed({ count: untrained.length, names: untrained.map(({ name }) => name) })
    found.push(`No training sample is of ${classesOf(untrained.length)} ${names}${tested}.`)
  }
  const largest = classCounts.reduce((most, one) => (one.train > most.train ? one : most), { name: '', train: 0 })
  if (largest.train > trainSamples * dominating) {
    found.push(
      `${shareText(largest.train / trainSamples)} of the training samples are of the class ${largest.name}: a network that always answers it has that accuracy.`,
    )
  }
  const single = classCounts.filter(({ train }) => train === 1).length
  if (single * 2 >= classCounts.length) {
    found.push(
      `${countText(single)} of ${countText(classCounts.length)} classes have a single training sample. Is it the right column of classes?`,
    )
  }
  const nameless = classCounts.find(({ name }) => /^(nan|none|null|na|n\/a|\?)$/i.test(name))
  if (nameless !== undefined) found.push(`A class is named ${nameless.name}. Are these samples whose class is missing?`)
  return found
}

const ofSamples = ({ kind, emptySamples, duplicates, trainSamples, testSamples }: DataCard): string[] => {
  const found: string[] = []
  const empty = emptySamples.train + emptySamples.test
  if (empty > 0) {
    const what = kind === 'events' ? 'without an event' : 'black'
    found.push(
      `${countText(emptySamples.train)} of ${countText(trainSamples)} training samples and ${countText(emptySamples.test)} of ${countText(testSamples)} to test on are ${what}.`,
    )
  }
  if (duplicates.train > trainSamples * manyDuplicates) {
    found.push(
      `${countText(duplicates.train)} of ${countText(trainSamples)} training samples are the same as another, so that what is held out of them was trained on.`,
    )
  }
  if (duplicates.tested > testSamples * fewPerCent) {
    found.push(`${countText(duplicates.tested)} of ${countText(testSamples)} samples to test on are trained on too.`)
  }
  if (duplicates.contradicting > (trainSamples + testSamples) * fewPerCent) {
    found.push(
      `${countText(duplicates.contradicting)} samples are the same as one of another class: no network can tell them apart.`,
    )
  }
  return found
}

/** Its facts for people, in the same words everywhere. */
export const dataCardFacts = (card: DataCard): readonly { readonly term: string; readonly words: string }[] => {
  const { kind, channels, rows, columns, frames, classes, trainSamples, testSamples, range, duplicates } = card
  const shape = rows * columns === 1 ? countText(channels) : [rows, columns, channels].join(' x ')
  const { eventsPerSample, durationMs, emptySamples } = card
  const spreadText = ({ least, mean, most }: z.infer<typeof spread>, unit: string): string =>
    `${numberText(least)} to ${numberText(most)}${unit}, ${numberText(mean)}${unit} in the mean`
  const empty = emptySamples.train + emptySamples.test
  const same = duplicates.train + duplicates.tested
  const facts: readonly (readonly [string, string | null])[] = [
    ['samples', `${kind}, ${shape}${frames > 1 ? `, ${countText(frames)} frames` : ''}`],
    ['classes', `${countText(classes)}: ${classText(card)}`],
    ['training', countText(trainSamples)],
    ['testing', countText(testSamples)],
    ['values', range && `${numberText(range.lowest)} to ${numberText(range.highest)}`],
    ['events', eventsPerSample && `${spreadText(eventsPerSample, '')} per sample`],
    ['duration', durationMs && spreadText(durationMs, ' ms')],
    ['empty', kind === 'values' ? null : empty === 0 ? 'none' : countText(empty)],
    [
      'duplicates',
      same === 0 ? 'none' : `${countText(duplicates.train)} of training, ${countText(duplicates.tested)} of testing`,
    ],
    ['SHA-256', card.sha256],
  ]
  return facts.flatMap(([term, words]) => (words === null ? [] : [{ term, words }]))
}

const namesShown = 12

/** The classes with their training samples. */
const classText = ({ classCounts }: DataCard): string => {
  const shown = classCounts.slice(0, namesShown).map(({ name, train }) => `${name} (${countText(train)})`)
  const more = classCounts.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${countText(more)} more` : ''}`
}

const classesOf = (classes: number): string => (classes === 1 ? 'the class' : 'the classes')

const listed = ({ count: all, names }: DataCard['constantInputs']): string => {
  const shown = names.slice(0, namesShown)
  return `${shown.join(', ')}${all > shown.length ? ` and ${countText(all - shown.length)} more` : ''}`
}

const countText = (value: number): string => value.toLocaleString('en')
const numberText = (value: number): string =>
  Number(value.toPrecision(4)).toLocaleString('en', { maximumFractionDigits: 6 })
const shareText = (share: number): string => `${Math.floor(share * 1000) / 10} %`
