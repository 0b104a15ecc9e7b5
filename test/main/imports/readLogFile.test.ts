import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { configurationOf } from '../../../src-main/exports/bestConfiguration.ts'
import { readImported } from '../../../src-main/imports/readImported.ts'
import { readLog } from '../../../src-main/imports/readLogFile.ts'
import { decodeHere } from '../../../src-main/studies/definitionDecoder.ts'
import { csvText } from '../../../src-core/tables/csvText.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { emptyLibrary } from '../library/emptyLibrary.ts'

const readLogFile = async (path: string) => readLog(await readImported(path), path)

const log = [
  'map_size,decoder,objective,stopped,processed_images,constraint_0,start_date,end_date',
  '100,all,-0.9,False,1000,-0.05,2024-01-01 10:00:00,2024-01-01 11:00:00',
  '200,vote,-0.1,True,250,0.01,2024-01-01 10:00:00,2024-01-01 10:10:00',
  '',
].join('\n')

const written = (content: string | Uint8Array, name = 'my log.csv'): string => {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, content)
  return path
}

describe('a log file', () => {
  it('is the same plain and packed, but for its name and checksum', async () => {
    const plain = await readLogFile(written(log))
    const packed = await readLogFile(written(gzipSync(log), 'my log.csv.gz'))
    expect(packed.trials).toEqual(plain.trials)
    expect(plain.definition.log?.file).toBe('my log.csv')
    expect(packed.definition.log?.sha256).not.toBe(plain.definition.log?.sha256)
  })

  it.each([
    ['cells are missing', log.replace(',0.01', ''), 'log-invalid', /my log.csv:3:\d+: found what is no CSV/],
    ['a quote is not closed', `${log}"100`, 'log-invalid', /my log.csv:\d+:\d+: found what is no CSV/],
    ['it is no text', Buffer.from([0xff, 0xfe, 0x00, 0xd8]), 'log-invalid', /found what is no text/],
    ['its packing is cut off', gzipSync(log).subarray(0, 60), 'log-invalid', /found what is no whole gzip file/],
    ['it is empty', '', 'log-invalid', /found/],
  ])('is refused where %s', async (_, content, code, message) => {
    await expect(readLogFile(written(content))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    })
  })

  it.each([
    ['semicolons', log.replaceAll(',', ';')],
    ['tabs', log.replaceAll(',', '\t')],
    ['semicolons and decimal commas', log.replaceAll(',', ';').replaceAll(/(?<=\d)\.(?=\d)/g, ',')],
    ['a mark of its encoding, and lines that end as in Windows', `\ufeff${log.replaceAll('\n', '\r\n')}`],
  ])('is the same with %s', async (_, content) => {
    const plain = await readLogFile(written(log))
    expect((await readLogFile(written(content))).trials).toEqual(plain.trials)
  })

  it('says what separates its cells where their number differs', async () => {
    const decimals = log.replaceAll(/(?<=\d)\.(?=\d)/g, ',')
    await expect(readLogFile(written(decimals))).rejects.toThrow(/as many cells .* which commas separate/)
    const mixed = log.replaceAll(',', ';').replace('-0.05', '-0,05')
    await expect(readLogFile(written(mixed))).rejects.toThrow('numbers with decimal commas and with points')
  })

  it('has the texts that the window wrote without formulas', async () => {
    const [names = [], ...rows] = log
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    const texts = ['=all', "'-vote"]
    const cells = rows.map((row, index) => row.map((cell) => (/^(all|vote)$/.test(cell) ? (texts[index] ?? '') : cell)))
    const { trials } = await readLogFile(
      written(
        csvText(
          names.map((name) => (name === 'decoder' ? '@kind' : name)),
          cells,
        ),
      ),
    )
    expect(trials.map(({ configuration }) => configuration['@kind'])).toEqual(texts)
  })

  it('is refused where it unpacks to more than a log has', async () => {
    const bomb = gzipSync(Buffer.alloc(33 * 2 ** 20, 'a'))
    await expect(readLogFile(written(bomb, 'bomb.csv.gz'))).rejects.toThrow(
      /found what is no whole gzip file of at most/,
    )
  })

  it('must be there', async () => {
    await expect(readLogFile(join(temporaryFolder(), 'none.csv'))).rejects.toMatchObject({ code: 'log-not-found' })
  })
})

describe('an imported study', () => {
  it('is whole: its trials, its state, its definition', async () => {
    const { study } = await emptyLibrary().importLog(written(log), null)
    const { summary, trials } = study.snapshot()
    expect(summary).toMatchObject({
      id: 'my-log-1',
      counts: { complete: 1, stopped: 1, failed: 0, waiting: 0, running: 0 },
      best: { number: 0, objective: 0.9, feasible: true },
      state: { kind: 'finished', reason: 'imported', detail: '2 evaluations of my log.csv' },
      elapsedMs: 3_600_000,
    })
    expect(trials.map(({ number, worker, state }) => [number, worker, state])).toEqual([
      [0, 'lane-0', 'complete'],
      [1, 'lane-1', 'stopped'],
    ])
    await expect(study.start()).rejects.toMatchObject({ code: 'study-not-trainable' })
    await study.close()
  })

  it('gives its best configuration to be trained here, where all of it is known here', async () => {
    const { study } = await emptyLibrary().importLog(written(log), null)
    const { yaml } = await study.exportBest(temporaryFolder())
    await study.close()
    const exported = decodeDefinition(readFileSync(yaml, 'utf8'), yaml)
    expect(exported).toMatchObject({ fixed: { mapSize: 100, decoder: 'all' }, space: {}, budget: { trials: 1 } })
    // The log does not say what it was measured on.
    expect(exported.log?.file).toBe('my log.csv')
    const known = { ...study.definition, dataset: { ...study.definition.dataset, name: 'mnist' as const } }
    const trial = await readLogFile(written(log)).then(({ trials }) => trials[0])
    if (trial?.state !== 'complete') throw new Error('the first is complete')
    const source = {
      definition: known,
      trial,
      studyId: 'a-1',
      applicationVersion: '0',
      networkFile: null,
      decode: decodeHere,
    }
    expect((await configurationOf(source)).log).toBeUndefined()
  })

  it('leaves nothing behind where its log is refused', async () => {
    const library = emptyLibrary()
    await expect(library.importLog(written(log.replace('0.9', 'x')), null)).rejects.toMatchObject({
      code: 'log-invalid',
    })
    expect(existsSync(library.folder)).toBe(false)
  })
})
