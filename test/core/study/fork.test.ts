import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { takeover, whyNotComparable } from '../../../src-core/study/fork.ts'
import { complete, row } from '../progress/fixtures.ts'

const definitionOf = (rest: string) =>
  decodeDefinition(
    `version: 2
name: forked
dataset: { name: mnist, trainSamples: 500 }
network: { type: diehl-cook }
training: { algorithm: post-pre }
silence: { layers: [{ layer: excitatory, alpha: 1, beta: 0.1 }] }
${rest.includes('budget') ? '' : 'budget: { trials: 9 }'}
${rest}`,
    'forked.yaml',
  )

const space = (lines: string): string => `space:
  mapSize: { type: integer, low: 10, high: 100 }
${lines}`

const from = definitionOf(space('  decoder: { type: categorical, choices: [all, vote] }\nfixed: { weightNorm: 120 }'))
const trial = (number: number, mapSize: number, decoder = 'all') => ({
  ...complete(number, 0.5),
  configuration: { mapSize, decoder },
})
const copied = (to: ReturnType<typeof definitionOf>, trials = [trial(0, 20), trial(1, 90, 'vote')]) =>
  takeover(from, to, trials)

describe('a fork takes over', () => {
  it('the trials within its narrower bounds, and names what the others lie outside of', () => {
    const to = definitionOf(
      'space:\n  mapSize: { type: integer, low: 10, high: 50 }\n  decoder: { type: categorical, choices: [all] }\nfixed: { weightNorm: 120 }',
    )
    expect(copied(to, [trial(0, 20), trial(1, 90), trial(2, 30, 'vote'), trial(3, 70, 'vote')])).toEqual({
      copies: [{ number: 0, configuration: { mapSize: 20, decoder: 'all' } }],
      left: [
        { reason: 'mapSize outside its bounds', trials: 2 },
        { reason: 'decoder outside its bounds', trials: 1 },
      ],
    })
  })

  it('every trial when bounds grow, in the new order of the space', () => {
    const to = definitionOf(
      'space:\n  decoder: { type: categorical, choices: [all, vote, 2gram] }\n  mapSize: { type: integer, low: 5, high: 500 }\nfixed: { weightNorm: 120 }',
    )
    const { copies, left } = copied(to)
    expect(left).toEqual([])
    expect(copies.map(({ configuration }) => Object.entries(configuration))).toEqual([
      [
        ['decoder', 'all'],
        ['mapSize', 20],
      ],
      [
        ['decoder', 'vote'],
        ['mapSize', 90],
      ],
    ])
  })

  it('a parameter that is new with the value that held: the fixed one, or the default', () => {
    const lines = `  decoder: { type: categorical, choices: [all, vote] }
  weightNorm: { type: real, low: 50, high: 200 }
  thresholdExcitatoryMv: { type: real, low: -64, high: -50 }`
    const { copies } = copied(definitionOf(space(lines)))
    expect(copies.map(({ configuration }) => configuration)).toEqual([
      { mapSize: 20, decoder: 'all', weightNorm: 120, thresholdExcitatoryMv: -52 },
      { mapSize: 90, decoder: 'vote', weightNorm: 120, thresholdExcitatoryMv: -52 },
    ])
  })

  it('where a parameter is fixed, the trials that have that value', () => {
    const { copies, left } = copied(definitionOf(space('fixed: { weightNorm: 120, decoder: vote }')))
    expect(copies).toEqual([{ number: 1, configuration: { mapSize: 90 } }])
    expect(left).toEqual([{ reason: 'decoder not at the value that the fork holds it at', trials: 1 }])
  })

  it('nothing where a fixed value has changed', () => {
    const to = definitionOf(space('  decoder: { type: categorical, choices: [all, vote] }\nfixed: { weightNorm: 121 }'))
    expect(copied(to)).toEqual({
      copies: [],
      left: [{ reason: 'weightNorm not at the value that the fork holds it at', trials: 2 }],
    })
  })

  it('a conditional parameter only where it applies', () => {
    const conditional = (high: number) =>
      definitionOf(
        space(`  decoder: { type: categorical, choices: [all, svm] }
  decoderRegularisation: { type: real, low: 0.0001, high: ${high}, when: { decoder: [svm] } }`),
      )
    const trials = [
      { ...trial(0, 20), configuration: { mapSize: 20, decoder: 'all' } },
      { ...trial(1, 20), configuration: { mapSize: 20, decoder: 'svm', decoderRegularisation: 0.5 } },
    ]
    const names = (high: number) => takeover(conditional(1), conditional(high), trials)
    expect(names(1).copies.map(({ configuration }) => configuration)).toEqual(trials.map((one) => one.configuration))
    expect(names(0.1)).toMatchObject({
      copies: [{ number: 0 }],
      left: [{ reason: 'decoderRegularisation outside its bounds', trials: 1 }],
    })
  })

  it('failures of the configuration, but no trial that has not finished, was cancelled, died or is left out', () => {
    const failed = (number: number, reason: 'non-finite' | 'cancelled' | 'worker-died') => ({
      ...trial(number, 20),
      state: 'failed' as const,
      failure: { reason, message: '' },
    })
    const excluded = { ...trial(4, 20), annotation: { note: '', tags: [], pinned: false, excluded: true } }
    const waiting = row(5, { configuration: { mapSize: 20, decoder: 'all' } })
    const trials = [failed(0, 'non-finite'), failed(1, 'cancelled'), failed(2, 'worker-died'), excluded, waiting]
    const { copies, left } = takeover(from, from, trials)
    expect(copies.map(({ number }) => number)).toEqual([0])
    expect(left.map(({ reason }) => reason).sort()).toEqual([
      'cancelled',
      'failed through no fault of the configuration',
      'left out in the study',
      'not finished',
    ])
  })
})

describe('studies can be compared', () => {
  it('whatever their spaces, optimisers and budgets', () => {
    const to = definitionOf(space('optimiser: { type: tpe }\nbudget: { trials: 7 }\nkeepNetworks: 3'))
    expect(whyNotComparable(from, to)).toEqual([])
  })

  it('unless they train or measure otherwise, and every difference is named', () => {
    const to = decodeDefinition(
      `version: 2
name: forked
dataset: { name: mnist }
encoding: { steps: 50 }
network: { type: diehl-cook }
training: { algorithm: post-pre }
silence: { layers: [{ layer: excitatory, alpha: 2, beta: 0.1 }] }
seeds: { split: 3 }`,
      'other.yaml',
    )
    expect(whyNotComparable(from, to)).toEqual([
      'dataset.trainSamples is not set, in the study it is 500',
      'encoding.steps is 50, in the study it is 100',
      'silence.layers[0].alpha is 2, in the study it is 1',
      'seeds.split is 3, in the study it is 1',
    ])
  })
})
