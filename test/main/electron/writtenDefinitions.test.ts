import { homedir } from 'node:os'
import { beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { NamedPlaces } from '../../../src-main/electron/namedPlaces.ts'
import { decodeStoredSettings, type NamedPlace, placesKept } from '../../../src-main/electron/storedSettings.ts'
import { WrittenDefinitions } from '../../../src-main/electron/writtenDefinitions.ts'
import { decodeHere } from '../../../src-main/studies/definitionDecoder.ts'

let kept: readonly NamedPlace[]
let asked: string[][]
let answer: Promise<boolean>
let places: NamedPlaces
let written: WrittenDefinitions

beforeEach(() => {
  kept = []
  asked = []
  answer = Promise.resolve(true)
  places = new NamedPlaces([], (named) => (kept = named))
  const ask = (paths: readonly string[]): Promise<boolean> => {
    asked.push([...paths])
    return answer
  }
  written = new WrittenDefinitions(places, ask, decodeHere)
})

const definition = (dataset: Record<string, unknown>): string =>
  stringify({
    version: 2,
    name: 'written',
    dataset,
    network: { type: 'diehl-cook' },
    training: { algorithm: 'post-pre' },
    space: {},
  })
const table = (file: string, testFile?: string) => ({
  yaml: definition({ name: 'csv', file, ...(testFile === undefined ? {} : { testFile }) }),
  origin: null,
})
const notChosen = expect.objectContaining({ code: 'place-not-chosen' }) as unknown

describe('a definition that a page sends', () => {
  it('is read at no place that nobody named, whether the file exists or not', async () => {
    for (const file of ['/etc/passwd', '/no/such/file', '../up', '~/x']) {
      await expect(written.decodeNamed(table(file))).rejects.toThrow(notChosen)
    }
    expect(asked).toEqual([])
    await written.decodeNamed({ yaml: definition({ name: 'mnist' }), origin: null })
  })

  it('is read where a person chose it, at exactly that place', async () => {
    places.name('/data/table.csv')
    expect((await written.decodeNamed(table('/data/table.csv'))).dataset.file).toBe('/data/table.csv')
    expect((await written.decodeNamed(table('/data/sub/../table.csv'))).dataset.file).toBe('/data/table.csv')
    for (const file of ['/data', '/data/table.csv2', '/data/table.csv/..']) {
      await expect(written.decodeNamed(table(file))).rejects.toThrow(notChosen)
    }
    await expect(written.decodeNamed(table('/data/table.csv', '/data/other.csv'))).rejects.toThrow(notChosen)
  })

  it('counts relative places from the file that it is from, which names its own by being opened', async () => {
    const yaml = definition({ name: 'csv', file: 'table.csv' })
    const origin = await written.nameFile('/home/me/study.yaml', yaml)
    expect((await written.decodeNamed({ yaml, origin })).dataset.file).toBe('/home/me/table.csv')
    await expect(written.decodeNamed({ ...table('secrets.csv'), origin })).rejects.toThrow(notChosen)
    await expect(written.decodeNamed({ yaml, origin: null })).rejects.toThrow(`${homedir()}/table.csv`)
    await expect(written.decodeNamed({ yaml, origin: '6f6e0b7a-0d3e-4c07-9f54-3f5a4e0e9a10' })).rejects.toThrow(
      notChosen,
    )
  })

  it('names nothing where its file is wrong, and can be opened all the same', async () => {
    const origin = await written.nameFile('/home/me/wrong.yaml', 'dataset: { name: csv, file: /etc/passwd }')
    await expect(written.decodeNamed({ ...table('/etc/passwd'), origin })).rejects.toThrow(notChosen)
    expect(places.pathOf(origin)).toBe('/home/me/wrong.yaml')
  })

  it('is asked about once, and read after a yes only', async () => {
    answer = Promise.resolve(false)
    await expect(written.decodeAsking(table('/data/a.csv', '/data/b.csv'))).rejects.toThrow(notChosen)
    expect(await written.allow(table('/data/a.csv'))).toBe(false)
    answer = Promise.resolve(true)
    expect((await written.decodeAsking(table('/data/a.csv', '/data/b.csv'))).dataset.testFile).toBe('/data/b.csv')
    expect(await written.allow(table('/data/b.csv'))).toBe(true)
    expect(asked).toEqual([['/data/a.csv', '/data/b.csv'], ['/data/a.csv'], ['/data/a.csv', '/data/b.csv']])
  })

  it('opens one dialog at a time, however often it is sent', async () => {
    let resolve = (_yes: boolean): void => undefined
    answer = new Promise<boolean>((settle) => (resolve = settle))
    const first = written.allow(table('/data/a.csv'))
    expect(await written.allow(table('/data/b.csv'))).toBe(false)
    resolve(true)
    expect(await first).toBe(true)
    expect(asked).toEqual([['/data/a.csv']])
    expect(places.isNamed('/data/b.csv')).toBe(false)
  })

  it('finds its places again after a restart, and no more of them than are kept', async () => {
    const origin = await written.nameFile('/home/me/study.yaml', definition({ name: 'csv', file: 'table.csv' }))
    const stored = decodeStoredSettings(JSON.parse(JSON.stringify({ places: kept })))
    const again = new WrittenDefinitions(new NamedPlaces(stored.places, () => undefined), () => answer, decodeHere)
    expect((await again.decodeNamed({ ...table('table.csv'), origin })).dataset.file).toBe('/home/me/table.csv')
    for (let count = 0; count < placesKept; count += 1) places.name(`/data/${count}`)
    expect(kept).toHaveLength(placesKept)
    expect(places.isNamed('/home/me/table.csv')).toBe(false)
  })
})
