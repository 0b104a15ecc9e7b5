import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { type RecordedNetwork, spikesAsCsv, spikesAsNpz, spikesIn } from '../../../src-core/activity/spikeTable.ts'
import type { Evolved } from '../../../src-core/contracts/evolvedInspection.ts'
import { npzBytes } from '../../../src-core/tables/npz.ts'
import { readNpz } from '../../../src-worker/datasets/formats/npz.ts'
import { readZip } from '../../../src-worker/datasets/formats/zip.ts'
import { layersOf, recordingOf } from './recordings.ts'

const spikes = {
  input: [
    [0, 3],
    [9, 0],
  ],
  hidden: [[3, 1]],
} as const
const recorded: readonly RecordedNetwork[] = [
  {
    trial: 7,
    network: { dtMs: 0.5, layers: layersOf({ input: 4, hidden: 3 }) },
    recordings: [
      recordingOf({ place: 0, steps: 10, spikes, label: 2, prediction: 2 }),
      recordingOf({ place: 1, steps: 10, spikes: { input: [], hidden: [] }, label: 1, prediction: null }),
    ],
  },
  {
    trial: 12,
    network: { dtMs: 0.5, layers: layersOf({ input: 4, hidden: 1 }) },
    recordings: [recordingOf({ place: 0, steps: 8, spikes: { input: [], hidden: [[2, 0]] }, label: 2, prediction: 0 })],
  },
]
const evolved = recorded.map((one) => ({ ...one, network: { ...one.network, dtMs: 1, evolved: {} as Evolved } }))
const named = { file: 'spikes.npz', advice: 'Write it anew.' }

const numbersOf = (bytes: Uint8Array, name: string): number[] => {
  const array = readNpz(bytes, [name], named).get(name)
  return Array.from({ length: array?.count ?? -1 }, (_, place) => array?.at(place) ?? NaN)
}

const python = (code: string, ...words: readonly string[]): string =>
  execFileSync('python3', ['-c', code, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

const hasNumpy = (): boolean => {
  try {
    python('import numpy')
    return true
  } catch {
    return false
  }
}

describe('spikes as CSV', () => {
  it('are a row each, with what was shown and answered, and a row of a sample without any', () => {
    expect(parse(spikesAsCsv(recorded))).toEqual([
      ['trial', 'split', 'sample', 'label', 'prediction', 'layer', 'neuron', 'timeMs'],
      ['7', 'objective', '100', '2', '2', 'input', '3', '0'],
      ['7', 'objective', '100', '2', '2', 'input', '0', '4.5'],
      ['7', 'objective', '100', '2', '2', 'hidden', '1', '1.5'],
      ['7', 'objective', '101', '1', '', '', '', ''],
      ['12', 'objective', '100', '2', '0', 'hidden', '0', '1'],
    ])
    expect(spikesIn(recorded)).toBe(4)
  })

  it('come back as the very spikes that they were', () => {
    const rows: Record<string, string>[] = parse(spikesAsCsv(recorded), { columns: true })
    const back = rows
      .filter(({ trial, sample, layer }) => trial === '7' && sample === '100' && layer !== '')
      .map(({ layer, neuron, timeMs }) => [layer, Number(neuron), Number(timeMs) / 0.5])
    const own = recorded[0]?.recordings[0]?.spikes.flatMap(({ layer, neurons, steps }) =>
      Array.from(steps, (step, spike) => [layer, neurons[spike], step]),
    )
    expect(back).toEqual(own)
  })

  it('of networks whose steps have no length have steps', () => {
    expect(parse(spikesAsCsv(evolved))[2]).toEqual(['7', 'objective', '100', '2', '2', 'input', '0', '9'])
    expect(parse(spikesAsCsv(evolved))[0]?.at(-1)).toBe('step')
  })
})

describe('spikes as npz', () => {
  it('are read by a strict decoder, array by array, with their checksums', () => {
    const bytes = spikesAsNpz(recorded)
    expect(numbersOf(bytes, 'trial')).toEqual([7, 7, 7, 12])
    expect(numbersOf(bytes, 'sample')).toEqual([100, 100, 100, 100])
    // The layers of the second network come after those of the first.
    expect(numbersOf(bytes, 'layer')).toEqual([0, 0, 1, 3])
    expect(numbersOf(bytes, 'neuron')).toEqual([3, 0, 1, 0])
    expect(numbersOf(bytes, 'timeMs')).toEqual([0, 4.5, 1.5, 1])
    expect(numbersOf(bytes, 'presentedTrial')).toEqual([7, 7, 12])
    expect(numbersOf(bytes, 'presentedSample')).toEqual([100, 101, 100])
    expect(numbersOf(bytes, 'presentedLabel')).toEqual([2, 1, 2])
    expect(numbersOf(bytes, 'presentedPrediction')).toEqual([2, -1, 0])
    expect(numbersOf(bytes, 'presentedMs')).toEqual([5, 5, 4])
    expect(numbersOf(bytes, 'layerTrial')).toEqual([7, 7, 12, 12])
    expect(numbersOf(bytes, 'layerNeurons')).toEqual([4, 3, 4, 1])
    expect(readNpz(bytes, ['timeMs', 'step'], named).has('step')).toBe(false)
    expect(numbersOf(spikesAsNpz(evolved), 'step')).toEqual([0, 9, 3, 2])
    expect(numbersOf(spikesAsNpz(evolved), 'presentedSteps')).toEqual([10, 10, 8])
  })

  it('have texts in code points of 32 bits, filled up, behind a header that ends at a multiple of 64', () => {
    const content = readZip(npzBytes({ names: ['ab', 'é'] }), ['names.npy'], named).get('names.npy')
    if (content === undefined) throw new Error('the array is not there')
    const end = 10 + (content[8] ?? 0) + 256 * (content[9] ?? 0)
    expect(end % 64).toBe(0)
    expect(Buffer.from(content.subarray(10, end)).toString('latin1').trimEnd()).toBe(
      "{'descr': '<U2', 'fortran_order': False, 'shape': (2,), }",
    )
    expect([...new Uint32Array(content.slice(end).buffer)]).toEqual([97, 98, 233, 0])
  })

  const numpy = hasNumpy()
  it.skipIf(!numpy)('are loaded by NumPy without pickles (skipped where Python has none)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'spiketune-npz-'))
    try {
      const file = join(folder, 'spikes.npz')
      writeFileSync(file, spikesAsNpz(recorded))
      const told = python(
        'import json,sys,numpy\n' +
          'f=numpy.load(sys.argv[1],allow_pickle=False)\n' +
          'print(json.dumps({n:[str(f[n].dtype),list(f[n].shape),f[n].tolist()] for n in f.files}))',
        file,
      )
      expect(JSON.parse(told)).toMatchObject({
        trial: ['uint32', [4], [7, 7, 7, 12]],
        layer: ['uint16', [4], [0, 0, 1, 3]],
        timeMs: ['float64', [4], [0, 4.5, 1.5, 1]],
        presentedPrediction: ['int32', [3], [2, -1, 0]],
        layerName: ['<U6', [4], ['input', 'hidden', 'input', 'hidden']],
        split: ['<U9', [], 'objective'],
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
