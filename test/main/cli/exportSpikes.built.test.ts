import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readNpz } from '../../../src-worker/datasets/formats/npz.ts'
import { resultOf, tinyStudy, Workspace } from './spiketune.ts'

const writtenSchema = z.object({ file: z.string(), trial: z.int(), samples: z.int(), spikes: z.int() })
const workspace = new Workspace()
let best = -1
let kept: number[] = []

const failure = async (...words: string[]): Promise<[number | null, string]> => {
  const { code, stderr } = await workspace.run('export', 'tiny-1', ...words)
  return [code, stderr]
}
const written = async (...words: string[]): Promise<z.infer<typeof writtenSchema>> => {
  const [line] = await workspace.json('export', 'tiny-1', ...words)
  return writtenSchema.parse(line)
}

beforeAll(async () => {
  const study = { ...tinyStudy(), keepNetworks: 1 }
  const { stdout } = await workspace.run('run', workspace.write('tiny.yaml', study), '--json')
  const trials = resultOf(stdout).best
  best = trials[0]?.number ?? -1
  kept = trials.map(({ number }) => number)
})
afterAll(() => {
  workspace.dispose()
})

describe('spiketune export --spikes', () => {
  it('writes the same spikes as CSV and as npz, with labels and answers', async () => {
    const csv = await written('--best', '--spikes', 'csv', '--samples', '3, 0-1', '--output', 'spikes')
    const npz = await written('--best', '--spikes', 'npz', '--samples', '3, 0-1', '--output', 'spikes')
    expect(csv).toMatchObject({ trial: best, samples: 3, spikes: npz.spikes })
    expect(npz.file).toBe(join(workspace.folder, 'spikes', `tiny-1-trial-${best}-spikes.npz`))
    const rows: Record<string, string>[] = parse(readFileSync(csv.file, 'utf8'), { columns: true })
    const spikes = rows.filter(({ layer }) => layer !== '')
    expect(spikes).toHaveLength(csv.spikes)
    expect(new Set(rows.map(({ sample }) => sample))).toEqual(new Set(['3', '0', '1']))
    const names = ['trial', 'sample', 'layer', 'neuron', 'timeMs', 'presentedSample', 'presentedLabel', 'layerNeurons']
    const arrays = readNpz(readFileSync(npz.file), names, { file: npz.file, advice: '' })
    const numbers = (name: string): number[] => {
      const array = arrays.get(name)
      return Array.from({ length: array?.count ?? 0 }, (_, place) => array?.at(place) ?? NaN)
    }
    const layers = ['input', 'excitatory', 'inhibitory']
    expect(numbers('layerNeurons')[0]).toBe(784)
    expect(numbers('layer').map((place) => layers[place])).toEqual(spikes.map(({ layer }) => layer))
    for (const name of ['trial', 'sample', 'neuron', 'timeMs'] as const) {
      expect(numbers(name)).toEqual(spikes.map((row) => Number(row[name])))
    }
    expect(numbers('presentedSample')).toEqual([3, 0, 1])
    for (const [place, sample] of [3, 0, 1].entries()) {
      const row = rows.find((one) => one['sample'] === String(sample))
      expect(String(numbers('presentedLabel')[place])).toBe(row?.['label'])
    }
  })

  it('writes the same file again, and beside one with other content', async () => {
    const first = await written('--best', '--spikes', 'npz', '--samples', '0', '--output', 'again')
    const same = await written('--best', '--spikes', 'npz', '--samples', '0', '--output', 'again')
    expect(same.file).toBe(first.file)
    const other = await written('--best', '--spikes', 'npz', '--samples', '1', '--output', 'again')
    expect(other.file).toBe(first.file.replace('.npz', '-2.npz'))
  })

  it('trains a network again that was not kept, where it is told to', async () => {
    const forgotten = String(kept.find((number) => number !== best))
    const [code, stderr] = await failure('--trial', forgotten, '--spikes', 'csv')
    expect([code, stderr]).toEqual([3, expect.stringContaining('was not kept') as string])
    const again = await written('--trial', forgotten, '--spikes', 'csv', '--samples', '0', '--retrain', '--output', 'b')
    expect(again).toMatchObject({ trial: Number(forgotten), samples: 1 })
  })

  it('exports the configuration of any trial', async () => {
    const [line] = await workspace.json('export', 'tiny-1', '--trial', String(best), '--output', 'one')
    expect(line).toMatchObject({ trial: best, yaml: join(workspace.folder, 'one', `tiny-1-trial-${best}.yaml`) })
  })

  it.each([
    [['--spikes', 'npz'], 2, '--best, or --trial'],
    [['--best', '--trial', '1'], 2, '--best'],
    [['--trial', 'x'], 2, 'whole number'],
    [['--trial', '99', '--spikes', 'npz'], 3, '99'],
    [['--best', '--spikes', 'mat'], 2, 'npz, csv'],
    [['--best', '--spikes', 'npz', '--samples', '5-2'], 2, 'begins with its smaller number'],
    [['--best', '--spikes', 'npz', '--samples', '0-99999'], 2, 'At most 10000'],
    [['--best', '--spikes', 'npz', '--samples', '100'], 2, '0 to 99'],
    [['--best', '--spikes', 'npz', '--split', 'all'], 2, 'training, objective, test'],
  ])('refuses %s', async (words, code, message) => {
    const [actual, stderr] = await failure(...words)
    expect(stderr).toContain(message)
    expect(actual).toBe(code)
  })
})
