import { describe, expect, it } from 'vitest'
import type { InspectedNetwork } from '../../../src-core/contracts/inspection.ts'
import type { ChartColours } from '../../../src-renderer/charts/colours.ts'
import {
  comparedIntervals,
  comparedSelectivity,
  figureRows,
  intervalsOf,
  type MeasuredNetwork,
} from '../../../src-renderer/compare/comparedFigures.ts'
import { alignNetworks, comparedModel } from '../../../src-renderer/compare/comparedModel.ts'
import { recordingOfEpisode } from '../../../src-renderer/compare/episodeRecording.ts'
import { layersOf, recordingOf, testOf } from '../../core/activity/recordings.ts'

const colours = { palette: Array.from({ length: 16 }, (_, place) => `colour ${place}`) } as unknown as ChartColours
const network: InspectedNetwork = {
  origin: 'stored',
  layers: layersOf({ input: 4, hidden: 2 }),
  projections: [],
  outputLayer: 'hidden',
  potentialUnit: null,
  steps: 10,
  dtMs: 1,
  classes: 2,
  samples: { training: 0, objective: 10, test: 0 },
  samplesTrained: 0,
}
const recording = (place: number, steps: number, hidden: readonly (readonly [number, number])[], prediction = 0) =>
  recordingOf({ place, steps, spikes: { input: [[0, 0]], hidden }, prediction })

/** Two samples each; those of the second network take twice as long. */
const [first, second] = alignNetworks([
  {
    trial: 3,
    place: 0,
    network,
    recordings: [
      recording(0, 10, [
        [1, 0],
        [5, 0],
      ]),
      recording(1, 10, [[2, 1]]),
    ],
  },
  {
    trial: 8,
    place: 1,
    network,
    recordings: [
      recording(
        1,
        20,
        [
          [3, 0],
          [5, 0],
          [7, 0],
        ],
        1,
      ),
      recording(0, 20, [[19, 1]]),
    ],
  },
])
if (first === undefined || second === undefined) throw new Error('two networks')

// [class][neuron]: neuron 0 for one class only, neuron 1 for both alike.
const test = testOf(
  [
    [0, 0],
    [1, 1],
  ],
  [2, 1, 0, 1],
  [{ layer: 'hidden', values: Float32Array.of(1, 1) }],
)
const silent = testOf([[0, 0]], [0, 4, 0, 0], [{ layer: 'hidden', values: Float32Array.of(0, 4) }])
const networks: readonly MeasuredNetwork[] = [
  { trial: 3, place: 0, shown: first, test },
  { trial: 8, place: 1, shown: second, test: silent },
  { trial: 9, place: 2, shown: null, test: null },
]
const whole = { from: 0, to: 40 }
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('networks on one axis', () => {
  it('begin each sample together, whatever order they came in, and rest where it took less long', () => {
    for (const { activity } of [first, second])
      expect(activity.places.map(({ from, to }) => [from, to])).toEqual([
        [0, 20],
        [20, 40],
      ])
    expect([...(second.activity.layers[1]?.steps ?? [])]).toEqual([19, 23, 25, 27])
  })

  it('are a strip each, in the colour of their trial, with what each answers', () => {
    const model = comparedModel([first, second], { layer: 'hidden', order: 'index' })
    expect(model?.layers.map(({ heads, colour }) => [heads, colour])).toEqual([
      [['Trial 3', 'hidden'], 6],
      [['Trial 8', 'hidden'], 7],
    ])
    expect(model?.layers[1]?.answers?.map(({ text, correct }) => [text, correct])).toEqual([
      ['0 → 0 ✓', true],
      ['0 → 1 ✗', false],
    ])
    expect(model?.activity.layers.map(({ layer, steps }) => [layer.name, steps.length])).toEqual([
      ['trial 3', 3],
      ['trial 8', 4],
    ])
    const all = comparedModel([first, second], { layer: null, order: 'rate' })
    expect(all?.activity.layers.map(({ layer }) => layer.name)).toEqual([
      'trial 3 input',
      'trial 3 hidden',
      'trial 8 input',
      'trial 8 hidden',
    ])
    // Answers stand above the first strip of a network, rates are those of the layer that is read out.
    expect(all?.layers.map(({ answers = [], hasRate }) => [answers.length, hasRate])).toEqual([
      [2, false],
      [0, true],
      [2, false],
      [0, true],
    ])
    expect(comparedModel([], { layer: null, order: 'index' })).toBeNull()
  })

  it('of a task have the spikes of all decisions of an episode', () => {
    const spikes = [{ layer: 'output', neurons: Uint32Array.of(1), steps: Uint32Array.of(31) }]
    const states = new Float64Array(0)
    const episode = { use: 'objective', episode: 4, actions: new Uint32Array(5), states, score: 1, share: 1 } as const
    const shown = recordingOfEpisode({ ...episode, cut: false, spikes }, { steps: 10 })
    expect(shown).toMatchObject({ sample: 4, steps: 50, spikes: [{ layer: 'output' }] })
  })
})

describe('figures of networks', () => {
  const cells = (name: string, reference = 0) =>
    figureRows(networks, { reference, range: whole, layer: 'hidden' })
      .find((row) => row.name === name)
      ?.cells.map(({ text, difference }) => [plain(text), plain(difference)])

  it('are rates over the time in which something was shown, against the reference', () => {
    // 3 spikes of 2 neurons in 20 ms, and 4 in 40 ms: 75 and 50 Hz.
    expect(cells('hidden, Hz')).toEqual([
      ['75', ''],
      ['50', '−33 %'],
      ['–', ''],
    ])
    expect(cells('hidden, Hz', 1)?.[0]).toEqual(['75', '+50 %'])
    expect(cells('hidden, Hz', 2)?.map(([, difference]) => difference)).toEqual(['', '', ''])
  })

  it('are those of the tests: spikes of a sample, silent neurons in percentage points, selectivity', () => {
    expect(cells('hidden, spikes/sample')).toEqual([
      ['1', ''],
      ['2', '+100 %'],
      ['–', ''],
    ])
    expect(cells('hidden, silent')).toEqual([
      ['0 of 2', ''],
      ['1 of 2', '+50.0 pp'],
      ['–', ''],
    ])
    // The lower of two; of those that spike.
    expect(cells('selectivity, median')?.slice(0, 2)).toEqual([
      ['0.000', ''],
      ['1.000', '+1'],
    ])
  })

  it('have the intervals within samples, in the same bins', () => {
    expect(cells('mean interval, ms')?.slice(0, 2)).toEqual([
      ['4', ''],
      ['2', '−50 %'],
    ])
    const histograms = intervalsOf(networks, 'hidden', whole, false)
    expect(histograms[2]).toBeNull()
    expect(histograms[0]?.edgesMs).toEqual(histograms[1]?.edgesMs)
    const plot = comparedIntervals(networks, histograms, { unit: 'ms', logarithmic: false, colours })
    expect(plot.lines?.map(({ name, colour }) => [name, colour])).toEqual([
      ['Trial 3', 'colour 6'],
      ['Trial 8', 'colour 7'],
    ])
    // Bins of a step each: all intervals of the one are 4 ms, of the other 2 ms.
    expect(plot.lines?.map(({ y }) => Array.from(y).indexOf(1))).toEqual([3, 1])
  })

  it('draw for each selectivity how many neurons are no more selective', () => {
    const [own] = comparedSelectivity(networks, colours).lines ?? []
    expect([Array.from(own?.x ?? []), Array.from(own?.y ?? [])]).toEqual([
      [0, 0, 1, 1],
      [0, 0.5, 1, 1],
    ])
  })
})
