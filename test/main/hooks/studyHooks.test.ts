import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hookInputSchema } from '../../../src-core/hooks/hookInput.ts'
import type { StudyChange, StudyState, StudySummary, TrialRow } from '../../../src-core/progress/readModel.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { StudyHooks } from '../../../src-main/hooks/studyHooks.ts'
import { locateFiles } from '../../../src-main/studies/definitionSources.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { tinyStudy } from '../cli/spiketune.ts'
import { ManualClock } from '../scheduler/manualClock.ts'

/** Writes what it is told as a line of `told`; it ends when there is a file `go`. */
const waitsForGo = `let t = ''; const fs = require('fs'); process.stdin.on('data', (d) => (t += d)).on('end', () => {
  fs.appendFileSync('told', t)
  const wait = () => { if (!fs.existsSync('go')) setTimeout(wait, 5) }
  wait() })`

const running: StudyState = { kind: 'running' }

/** A study of which only the changes that concern hooks are told. */
class Told {
  readonly folder = temporaryFolder()
  readonly noted: string[] = []
  readonly said: string[] = []
  readonly clock = new ManualClock()
  readonly hooks: StudyHooks
  #listener: (change: StudyChange) => void = () => undefined

  constructor(hooks: Readonly<Record<string, unknown>>, note: (message: string) => void = () => undefined) {
    const definition = decodeDefinition(JSON.stringify({ ...tinyStudy(), hooks }), 'study')
    const study = {
      folder: this.folder,
      definition,
      snapshot: () => ({
        summary: this.#summary(running, null),
        trials: [],
        constraints: [],
        limits: [],
        definitionYaml: '',
      }),
      subscribe: (listener: (change: StudyChange) => void) => {
        this.#listener = listener
        return () => (this.#listener = () => undefined)
      },
      noteFailedHook: (message: string) => {
        this.noted.push(message)
        note(message)
      },
    }
    this.hooks = new StudyHooks(study, { clock: this.clock, failed: (message) => this.said.push(message) })
  }

  change(state: StudyState, best: StudySummary['best'], trials: readonly Partial<TrialRow>[] = []): void {
    this.#listener({ summary: this.#summary(state, best), trials: trials as TrialRow[] })
  }

  inputs() {
    const file = join(this.folder, 'told')
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
    return lines.map((line) => hookInputSchema.parse(JSON.parse(line)))
  }

  go(): void {
    writeFileSync(join(this.folder, 'go'), '')
  }

  #summary(state: StudyState, best: StudySummary['best']): StudySummary {
    const counts = { waiting: 0, running: 1, complete: 2, stopped: 0, failed: 0 }
    const { folder } = this
    return { id: 'tiny-1', name: 'tiny', folder, state, best, counts, metric: 'accuracy', elapsedMs: 7 } as StudySummary
  }
}

const node = (code: string): string[] => [process.execPath, '-e', code]
const best = (number: number, objective: number, feasible = true) => ({ number, objective, violation: 0, feasible })
const finished: StudyState = { kind: 'finished', reason: 'trial-budget', detail: 'all 4 trials are done' }
const failed = (number: number, reason: 'out-of-memory' | 'cancelled'): Partial<TrialRow> => ({
  number,
  state: 'failed',
  objective: null,
  failure: { reason, message: 'it took too much' },
})

describe('the hooks of a study', () => {
  it('are told of the best trial, of what failed and of the end, one after the other', async () => {
    const study = new Told({ onBest: node(waitsForGo), onError: node(waitsForGo), onEnd: node(waitsForGo) })
    study.go()
    study.change(running, best(0, 0.5, false))
    study.change(running, best(1, 0.75))
    await study.hooks.settled()
    study.change(running, best(1, 0.75), [failed(2, 'out-of-memory'), failed(3, 'cancelled')])
    study.change(finished, best(1, 0.75))
    await study.hooks.finish()
    expect(study.inputs()).toMatchObject([
      {
        version: 1,
        event: 'onBest',
        study: { id: 'tiny-1', name: 'tiny', folder: study.folder },
        time: '1970-01-01T00:16:40.000Z',
        elapsedMs: 7,
        counts: { complete: 2 },
        metric: 'accuracy',
        best: { number: 1, value: 0.75, feasible: true },
        trial: { number: 1, value: 0.75 },
        message: 'tiny: best so far, accuracy 0.7500 (trial 1)',
        skipped: 0,
      },
      { event: 'onError', trial: { number: 2, value: null }, reason: 'out-of-memory' },
      {
        event: 'onEnd',
        trial: null,
        reason: 'trial-budget',
        message: 'tiny: finished: all 4 trials are done; best accuracy 0.7500 (trial 1)',
      },
    ])
    expect([study.noted, study.said]).toEqual([[], []])
  })

  it('are told the latest of what comes while one runs, and nothing twice', async () => {
    const study = new Told({ onBest: node(waitsForGo) })
    study.change(running, best(0, 0.1))
    await expect.poll(() => study.inputs()).toHaveLength(1)
    for (const number of [1, 2, 3, 2, 3]) study.change(running, best(number, number / 10))
    expect(study.inputs()).toHaveLength(1)
    study.go()
    await study.hooks.settled()
    expect(study.inputs().map(({ trial, skipped }) => [trial?.number, skipped])).toEqual([
      [0, 0],
      [3, 2],
    ])
  })

  it('are told of an error once as an error and once as the end; of a pause as an end', async () => {
    const study = new Told({ onError: node(waitsForGo), onEnd: node(waitsForGo) })
    study.go()
    study.change({ kind: 'paused' }, null)
    await study.hooks.settled()
    study.change(running, null)
    for (let told = 0; told < 2; told++) study.change({ kind: 'error', message: 'full', reason: 'disk-full' }, null)
    await study.hooks.finish()
    study.change(running, null)
    study.change({ kind: 'paused' }, null)
    await study.hooks.settled()
    expect(study.inputs().map(({ event, reason }) => [event, reason])).toEqual([
      ['onEnd', 'paused'],
      ['onError', 'disk-full'],
      ['onEnd', 'disk-full'],
    ])
  })

  it('that fail are noted and said, also where that cannot be stored, and the next one runs', async () => {
    const study = new Told({ onBest: node('process.exit(2)'), onEnd: node(waitsForGo) }, () => {
      throw new Error('the disk is full')
    })
    study.go()
    study.change(running, best(0, 0.5))
    await study.hooks.settled()
    study.change(finished, best(0, 0.5))
    await study.hooks.finish()
    expect(study.noted).toEqual(['The hook onBest failed: it ended with exit code 2'])
    expect(study.said).toEqual(study.noted)
    expect(study.inputs().map(({ event }) => event)).toEqual(['onEnd'])
  })

  it('can be called off, those that wait as well', async () => {
    const study = new Told({ onBest: node(waitsForGo), onEnd: node(waitsForGo) })
    study.change(running, best(0, 0.5))
    await expect.poll(() => study.inputs()).toHaveLength(1)
    study.change(finished, best(0, 0.5))
    study.hooks.callOff()
    await study.hooks.settled()
    expect(study.inputs()).toHaveLength(1)
    expect(study.noted).toEqual(['The hook onBest failed: it was called off'])
  })
})

describe('a definition with hooks', () => {
  const decode = (hooks: unknown) => decodeDefinition(JSON.stringify({ ...tinyStudy(), hooks }), 'study')

  it('has a time limit, and its programs from the folder of its file on', () => {
    const { hooks } = locateFiles(decode({ onEnd: ['./notify.sh', './a'], onBest: ['mail', 'x'] }), '/studies')
    expect(hooks).toEqual({ onEnd: ['/studies/notify.sh', './a'], onBest: ['mail', 'x'], timeLimitSeconds: 30 })
  })

  it.each([
    ['a text', { onEnd: 'mail -s done' }],
    ['nothing to run', { onEnd: [] }],
    ['an empty program', { onEnd: [''] }],
    ['what no dialog can show', { onEnd: ['mail', 'x'.repeat(500)] }],
    ['another event', { onStart: ['mail'] }],
    ['no time', { onEnd: ['mail'], timeLimitSeconds: 0 }],
  ])('is refused with %s', (_, hooks) => {
    expect(() => decode(hooks)).toThrow(/hooks/)
  })
})
