/**
 * The log book of a study: dated lines of what happened to it as a whole, made of its journal and its trials, and the lines
 * that a person wrote.
 */
import { z } from 'zod'
import { measuredNumber, measuredObjective, metricName } from '../progress/objectiveText.ts'
import type { ShownMetric } from '../study/studyWords.ts'

/** `own`: a person wrote it; `best`: a better trial was found; `problem`: something went wrong. */
export const logLineSchema = z.strictObject({
  atMs: z.number(),
  kind: z.enum(['event', 'best', 'problem', 'own']),
  text: z.string(),
  /** The trial that it is about; null: about the study. */
  trial: z.int().min(0).nullable(),
})
export type LogLine = z.infer<typeof logLineSchema>

const longestLine = 10_000
export const ownLineSchema = z.string().max(longestLine)

/** What is wrong with a line that a person writes, in a sentence; null: nothing is. */
export const ownLineProblem = (text: string): string | null => {
  if (text.trim() === '') return 'A line of the log book cannot be empty.'
  return text.length > longestLine ? `A line of the log book has at most ${longestLine} characters.` : null
}

/** An entry of the journal. */
export interface LoggedEvent {
  readonly atMs: number
  readonly kind: string
  readonly trial: number | null
  readonly detail: string | null
}

/** A measured trial, in the order in which they were told. */
export interface LoggedTrial {
  readonly number: number
  readonly endedAtMs: number
  readonly objective: number
  readonly violation: number
}

interface LogSources {
  readonly createdAtMs: number
  /** Oldest first. */
  readonly events: readonly LoggedEvent[]
  readonly measured: readonly LoggedTrial[]
  readonly metric: ShownMetric
  readonly durationText: (ms: number) => string
}

type Words = (event: LoggedEvent, sources: LogSources) => Omit<LogLine, 'atMs' | 'trial'> | null

const told =
  (text: string | ((detail: string) => string), kind: LogLine['kind'] = 'event'): Words =>
  ({ detail }) => ({ kind, text: typeof text === 'string' ? text : text(detail ?? '') })

const labelsSaidSchema = z.object({
  title: z.string().optional(),
  tags: z.array(z.string()).optional(),
  note: z.string().optional(),
  archived: z.boolean().optional(),
})

const saidOf = (text: string | null): z.infer<typeof labelsSaidSchema> => {
  try {
    return labelsSaidSchema.parse(JSON.parse(text ?? '{}'))
  } catch {
    return {}
  }
}

const labelled: Words = ({ detail }) => {
  const { title, tags, note, archived } = saidOf(detail)
  const parts = [
    ...(title === undefined ? [] : [title === '' ? 'its name was taken away' : `it was renamed to “${title}”`]),
    ...(tags === undefined ? [] : [tags.length === 0 ? 'its tags were taken away' : `it is tagged ${tags.join(', ')}`]),
    ...(note === undefined ? [] : ['its note was changed']),
    ...(archived === undefined ? [] : [archived ? 'it was archived' : 'it was taken out of the archive']),
  ]
  const text = parts.join('; ')
  return text === '' ? null : { kind: 'event', text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` }
}

const networksForgotten: Words = ({ detail }) => {
  const { length } = (detail ?? '').split(' ').filter(Boolean)
  // One at a time is what happens whenever a better trial is found.
  return length < 2 ? null : { kind: 'event', text: `The networks of ${length} trials are kept no longer.` }
}

const devicesText = (detail: string): string => {
  try {
    const devices = Object.entries(z.record(z.string(), z.unknown()).parse(JSON.parse(detail)))
    return `Workers were set to ${devices.map(([device, workers]) => `${String(workers)} on ${device}`).join(', ')}.`
  } catch {
    return 'Workers were set by device.'
  }
}

/** What is said of an entry of each kind; what is not named is told with the trial that it happened to. */
const wordsOf: Readonly<Record<string, Words>> = {
  paused: told('Paused.'),
  draining: told('Asked to pause: running trials finish.'),
  interrupted: told('Found interrupted: Spiketune had ended while it ran.', 'problem'),
  finished: told((detail) => `Finished${detail === '' ? '.' : `: ${detail.replace(/\.$/, '')}.`}`),
  error: told((detail) => `Ended with an error: ${detail}`, 'problem'),
  copied: told((detail) => `Begun as a fork: ${detail} were taken over.`),
  forked: told((detail) => detail),
  workers: told((detail) => `Workers were set to ${detail}.`),
  devices: told(devicesText),
  'dataset-read': told('Its dataset was read for the first time.'),
  'hook-failed': told((detail) => `A hook failed: ${detail}`, 'problem'),
  'journal-lost': told((detail) => detail, 'problem'),
  'worker-died': ({ trial }) => ({ kind: 'problem', text: `The worker of trial ${trial ?? '?'} died.` }),
  damaged: ({ trial, detail }) => ({ kind: 'problem', text: `Trial ${trial ?? '?'} is damaged: ${detail ?? ''}` }),
  excluded: ({ trial }) => ({ kind: 'event', text: `Trial ${trial ?? '?'} was left out.` }),
  restored: ({ trial }) => ({ kind: 'event', text: `Trial ${trial ?? '?'} was put back.` }),
  enqueued: ({ trial }) => ({ kind: 'event', text: `Trial ${trial ?? '?'} was added by a person.` }),
  'backed-up': told((detail) => `Backed up to ${detail}.`),
  'confirmation-begun': told((detail) => `Confirmation ${detail} began.`),
  'confirmation-finished': told((detail) => `Confirmation ${detail} finished.`),
  'confirmation-stopped': told((detail) => `Confirmation ${detail} was stopped.`),
  'networks-forgotten': networksForgotten,
  slept: ({ detail }, { durationText }) => ({
    kind: 'event',
    text: `The machine slept for ${durationText(Number(detail ?? 0))}.`,
  }),
  labelled,
  noted: told((detail) => detail, 'own'),
}

/** Kinds that are told of trials; of others, such as the end of a trial, an entry of the same name is told of the study alone. */
const trialKinds: readonly string[] = ['worker-died', 'damaged', 'excluded', 'restored', 'enqueued']
const studyKinds = ['running', ...Object.keys(wordsOf)].filter((kind) => !trialKinds.includes(kind))

/** Kinds of entries that the log book is made of, for whoever reads a journal of many trials. */
export const loggedKinds: { readonly ofTrials: readonly string[]; readonly ofStudy: readonly string[] } = {
  ofTrials: trialKinds,
  ofStudy: studyKinds,
}

/** Feasible trials that were better than all before them, as src-core/progress/best.ts has it. */
const improvements = ({ measured, metric }: LogSources): LogLine[] => {
  let best = -Infinity
  return measured.flatMap(({ number, endedAtMs, objective, violation }): LogLine[] => {
    if (violation > 0 || objective <= best) return []
    best = objective
    const value = measuredNumber(metric, measuredObjective(metric, objective))
    return [
      {
        atMs: endedAtMs,
        kind: 'best',
        text: `Best so far: trial ${number}, ${metricName(metric)} ${value}.`,
        trial: number,
      },
    ]
  })
}

/** All lines, the latest first; lines of the same moment in the order in which they came. */
export const logBook = (sources: LogSources): LogLine[] => {
  let hasRun = false
  const told = sources.events.flatMap((event): LogLine[] => {
    const { atMs, kind, trial } = event
    if (trial !== null && !trialKinds.includes(kind)) return []
    if (kind === 'running') {
      const text = hasRun ? 'Resumed.' : 'Started.'
      hasRun = true
      return [{ atMs, kind: 'event', text, trial: null }]
    }
    const line = Object.hasOwn(wordsOf, kind) ? wordsOf[kind]?.(event, sources) : null
    return line === null || line === undefined ? [] : [{ atMs, ...line, trial }]
  })
  const lines: LogLine[] = [
    { atMs: sources.createdAtMs, kind: 'event', text: 'Created.', trial: null },
    ...told,
    ...improvements(sources),
  ]
  return lines
    .map((line, place) => ({ line, place }))
    .sort((a, b) => b.line.atMs - a.line.atMs || b.place - a.place)
    .map(({ line }) => line)
}
