import { describe, expect, it } from 'vitest'
import type { ConstraintInfo } from '../../../src-core/progress/readModel.ts'
import { wordsOf } from '../../../src-core/study/studyWords.ts'
import { hyperparameterRows } from '../../../src-renderer/trials/hyperparameterRows.ts'
import { pointDescription } from '../../../src-renderer/trials/pointDescription.ts'
import {
  constraintMeaning,
  remarkOf,
  savedSentence,
  stopFacts,
  stopSentence,
} from '../../../src-renderer/trials/trialText.ts'
import { complete, row, stopped } from '../../core/progress/fixtures.ts'

const spaced = (text: string): string => text.replaceAll('\u00a0', ' ')
const constraint: ConstraintInfo = { name: 'silence:excitatory', layer: 'excitatory', alpha: 5, beta: 0.05 }
const study = { constraints: [constraint], limits: [], objective: 'accuracy', summary: { network: 'layered' } } as const
const words = wordsOf('layered')

describe('what is said of a trial', () => {
  it('says where, by which counts and against which limits silence stopped it', () => {
    const trial = stopped(1, 0.2, {
      stop: {
        kind: 'silence',
        layer: 'inhibitory',
        epoch: 1,
        sample: 4800,
        nonSpiking: 2520,
        trainSamples: 48_000,
        alpha: 1,
        beta: 0.05,
      },
      timeSavedMs: 720_000,
    })
    expect(trial.stop && spaced(stopSentence(trial.stop, words))).toBe(
      'Silent in the inhibitory layer: in epoch 2, after 4,800 of 48,000 samples, 2,520 had brought fewer than 1 spike (α). ' +
        'That is 5.25 % of the epoch, above the 5 % allowed (β).',
    )
    expect(spaced(savedSentence(trial) ?? '')).toBe('Stopping it saved about 12 min 00 s of training.')
    expect(spaced(remarkOf(trial, words))).toBe('inhibitory, epoch 2, 4,800 samples')
  })

  it('says when it was pruned, and beside what', () => {
    const pruned = { kind: 'pruned', rule: 'median', epoch: 1, accuracy: 0.31, threshold: 0.52, trials: 6 } as const
    const trial = stopped(1, 0.2, { stop: pruned })
    expect(spaced(stopSentence(pruned, words))).toBe(
      'Pruned at epoch 2: train accuracy 0.3100 below the median 0.5200 of 6 other trials at the same epoch.',
    )
    expect(spaced(stopSentence({ ...pruned, rule: 'asha' }, words))).toBe(
      'Pruned at epoch 2: train accuracy 0.3100 below 0.5200, the last that goes on beside 6 other trials at this rung.',
    )
    expect(remarkOf(trial, words)).toBe('pruned at epoch 2')
  })

  it('tells networks that evolve by networks and generations, and a control task by its score', () => {
    const evolved = wordsOf('neuroprocessor')
    const stop = {
      kind: 'silence' as const,
      layer: 'population',
      epoch: 2,
      sample: 40,
      nonSpiking: 57,
      trainSamples: 60,
      alpha: 1,
      beta: 0.9,
    }
    const trial = stopped(1, 0.2, { stop })
    expect(spaced(stopSentence(stop, evolved))).toBe(
      'Too many non-spiking networks: in generation 3, after 40 of 60 networks, 57 had brought fewer than 1 spike (α). ' +
        'That is 95.00 % of the generation, above the 90 % allowed (β).',
    )
    expect(spaced(remarkOf(trial, evolved))).toBe('population, generation 3, 40 networks')
    expect(stopFacts(stop, evolved).map(([name]) => name)).toEqual(['Watched', 'Generation', 'Network', 'Non-spiking'])
    const population = { name: 'silence:population', layer: 'population', alpha: 1, beta: 0.9 }
    expect(spaced(constraintMeaning(population, evolved))).toBe(
      'At most 90 % of the networks of a generation with fewer than 1 spike of their outputs',
    )
    const acting = { constraints: [], limits: [], objective: 'score', summary: { network: 'neuroprocessor' } } as const
    expect(pointDescription(complete(7, 0.8123), acting)).toContain('score 0.8123')
  })

  it('describes a point by everything that is known of it', () => {
    const trial = { ...complete(7, 0.8123), constraints: [{ name: constraint.name, value: -0.03 }] }
    expect(pointDescription(trial, study).map(spaced)).toEqual([
      'Trial 7: complete',
      'accuracy 0.8123',
      'excitatory non-spiking share 2.00 % (at most β)',
    ])
    const failed = row(8, { state: 'failed', failure: { reason: 'non-finite', message: 'NaN at sample 3' } })
    expect(pointDescription(failed, study)).toEqual(['Trial 8: failed', 'A value of the network was not finite'])
    expect(pointDescription(null, study)).toEqual([])
  })

  it('describes the point of a cost study by what was measured, and by its limits', () => {
    const costly = { ...complete(3, -1204.46), metrics: { spikesPerSample: 1204.46, synapticOperationsPerSample: 90 } }
    const limits = [
      { name: 'metric:synapticOperationsPerSample', metric: 'synapticOperationsPerSample', side: 'atMost', limit: 100 },
      { name: 'metric:spikesPerSample', metric: 'spikesPerSample', side: 'atMost', limit: 1000 },
    ] as const
    expect(pointDescription(costly, { ...study, constraints: [], limits, objective: 'spikesPerSample' })).toEqual([
      'Trial 3: complete',
      'spikes per sample 1,204.5',
      'synaptic operations per sample 90.00 (at most 100)',
      'spikes per sample 1,204.5 (above 1,000)',
    ])
  })

  it('lists hyperparameters with units in the order of the table, unknown ones last', () => {
    const rows = hyperparameterRows({ later: 1, thetaPlusMv: 0.05, decoder: 'all', epochs: 2 })
    expect(rows.map(({ name, unit }) => [name, unit])).toEqual([
      ['decoder', ''],
      ['epochs', ''],
      ['thetaPlusMv', 'mV'],
      ['later', ''],
    ])
    expect(rows.map(({ description }) => /\(\w+\)$/.exec(description)?.[0])).toEqual([
      '(encoding)',
      '(learning)',
      '(neurons)',
      undefined,
    ])
  })
})
