import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { type FinishedTrial, trialNumber } from '../../../src-core/trial/trial.ts'
import { ReplaySession } from '../../../src-worker/stopping/replaySession.ts'
import { knownDefinition, knownOutcome, knownTrials } from '../../core/diagnostics/knownTrials.ts'
import { definitionOf } from '../../main/scheduler/schedulerBench.ts'

const layer = { layer: 'excitatory' as const, alpha: 2, beta: 0.1 }
const definition = {
  ...definitionOf('space: { mapSize: { type: integer, low: 10, high: 100 } }\nbudget: { trials: 10 }'),
  space: knownDefinition.space,
  silence: { stopEarly: true, interval: 20, layers: [layer] },
}
const template = knownTrials(definition.space, 1, knownOutcome)[0]

/** A trial of one epoch of 100 samples, of these spike counts. */
const trialOf = (number: number, counts: readonly number[]): FinishedTrial => {
  if (template?.state !== 'complete') throw new Error('the known trial is complete')
  const bytes = Buffer.alloc(2 * counts.length)
  for (const [index, count] of counts.entries()) bytes.writeUInt16LE(count, 2 * index)
  return {
    ...template,
    number: trialNumber(number),
    configuration: {},
    measurement: {
      ...template.measurement,
      objective: 0.5 + number / 100,
      constraints: [],
      trainDurationMs: 10 * counts.length,
      samplesTrained: counts.length,
      samplesPlanned: 100,
      spikeCounts: [{ layer: 'excitatory', epoch: 0, samples: counts.length, deflated: deflateSync(bytes) }],
    },
  }
}
const lively = Array.from({ length: 100 }, () => 300)
const silentAtFirst = lively.map((count, sample) => (sample < 30 ? 1 : count))

describe('a session of replays', () => {
  const session = new ReplaySession(definition)
  session.add(trialOf(1, lively))
  session.add(trialOf(2, silentAtFirst))
  if (template !== undefined) session.add(template)

  it('replays what it was told of, as stored: little-endian and deflated', () => {
    const answer = session.replay({ interval: 20, layers: [layer] }, null, new Set())
    if (answer.kind !== 'replay') throw new Error('there is something to replay')
    expect(answer.replay.trials).toEqual([
      { trial: 1, kind: 'complete', samples: 100, feasible: true },
      { trial: 2, kind: 'stopped', samples: 20, epoch: 0, layer: 'excitatory' },
    ])
    expect(answer.replay.after.timeMs).toBe(1200)
    expect(answer.without).toBe(1)
    expect(answer.intervals).toContain(20)
  })

  it('looks at what it is asked to: a finer interval stops sooner, a smaller alpha not at all', () => {
    const stopAt = (interval: number, alpha: number) => {
      const answer = session.replay({ interval, layers: [{ ...layer, alpha }] }, null, new Set())
      return answer.kind === 'replay' ? answer.replay.trials[1]?.samples : null
    }
    expect(stopAt(5, 2)).toBe(15)
    expect(stopAt(40, 2)).toBe(40)
    expect(stopAt(5, 1)).toBe(100)
  })

  it('takes a generation of networks that evolve for an epoch, and a network of it for a sample', () => {
    const evolved = decodeDefinition(readFileSync('resources/presets/iris-eons.yaml', 'utf8'), 'iris-eons.yaml')
    const populations = new ReplaySession({
      ...evolved,
      space: {},
      fixed: { generations: 2, populationSize: 100 },
      silence: { stopEarly: true, interval: 20, layers: [{ ...layer, layer: 'population' }] },
    })
    const trial = trialOf(1, silentAtFirst)
    if (trial.state !== 'complete') throw new Error('the trial is complete')
    const { measurement } = trial
    const [first] = measurement.spikeCounts
    if (first === undefined) throw new Error('the trial has counts')
    const generations = [0, 1].map((epoch) => ({ ...first, layer: 'population', epoch }))
    const both = { ...measurement, samplesTrained: 200, samplesPlanned: 200, spikeCounts: generations }
    populations.add({ ...trial, measurement: both })
    const answer = populations.replay(
      { interval: 40, layers: [{ ...layer, layer: 'population', beta: 0.4 }] },
      null,
      new Set(),
    )
    expect(answer.kind === 'replay' ? answer.replay.trials : null).toEqual([
      { trial: 1, kind: 'complete', samples: 200, feasible: true },
    ])
    const strict = populations.replay({ interval: 40, layers: [{ ...layer, layer: 'population' }] }, null, new Set())
    expect(strict.kind === 'replay' ? strict.replay.trials : null).toEqual([
      { trial: 1, kind: 'stopped', samples: 40, epoch: 0, layer: 'population' },
    ])
  })

  it('leaves out what is left out', () => {
    expect(session.replay({ interval: 20, layers: [layer] }, null, new Set([1, 2]))).toEqual({
      kind: 'nothing',
      measured: 1,
    })
  })
})
