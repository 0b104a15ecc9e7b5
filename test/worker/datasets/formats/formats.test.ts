import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readAedat31 } from '../../../../src-worker/datasets/formats/aedat31.ts'
import { readCsvTable } from '../../../../src-worker/datasets/formats/csvTable.ts'
import { halfPrecision, readNpy } from '../../../../src-worker/datasets/formats/npy.ts'
import { readNpz } from '../../../../src-worker/datasets/formats/npz.ts'
import { unpackGzip } from '../../../../src-worker/datasets/formats/unpackGzip.ts'
import { readZip } from '../../../../src-worker/datasets/formats/zip.ts'
import { readSaccadeEvents } from '../../../../src-worker/datasets/formats/saccadeEvents.ts'
import {
  cutGesture,
  gestureShape,
  readCutGesture,
  readGestureTimes,
} from '../../../../src-worker/datasets/sources/dvsGesture.ts'
import { nmnistShape } from '../../../../src-worker/datasets/sources/nmnist.ts'
import { aedatFile, aedatPacket, bytesOf, npyBytes, npyFile, npyOf, npzFile, saccadeFile } from './tinyFiles.ts'

const named = { file: '/data/one', advice: 'Fetch it again.' }

describe('readSaccadeEvents', () => {
  it('reads place, polarity and time, high byte first', () => {
    const bytes = Uint8Array.of(3, 2, 0x81, 0x02, 0x03, 33, 33, 0x7f, 0xff, 0xff)
    expect(readSaccadeEvents(bytes, nmnistShape, named)).toEqual({
      timesUs: Uint32Array.of(0x010203, 0x7fffff),
      inputs: Uint16Array.of((2 * 34 + 3) * 2 + 1, (33 * 34 + 33) * 2),
    })
  })

  it('adds 2^13 us from an event with y = 240 on, and sorts what is out of order', () => {
    const file = saccadeFile([
      [1, 0, 0, 500],
      [0, 0, 1, 400],
      [0, 240, 0, 0],
      [2, 0, 0, 100],
    ])
    const { timesUs, inputs } = readSaccadeEvents(file, nmnistShape, named)
    expect([...timesUs]).toEqual([400, 500, 8292])
    expect([...inputs]).toEqual([1, 2, 4])
  })

  it('says at which byte an event is cut off or off the sensor', () => {
    const file = saccadeFile([
      [1, 0, 0, 500],
      [34, 0, 0, 500],
    ])
    expect(() => readSaccadeEvents(file.subarray(0, 8), nmnistShape, named)).toThrow(
      '/data/one is damaged: at byte 5, 3 bytes are left where an event has 5. Fetch it again.',
    )
    expect(() => readSaccadeEvents(file, nmnistShape, named)).toThrow(
      'at byte 5, an event has the place 34, 0 on a sensor of 34 x 34 places',
    )
  })
})

describe('readAedat31', () => {
  it('reads the valid events of all polarity packets', () => {
    const file = aedatFile(
      aedatPacket([
        [127, 5, 1, 10],
        [0, 0, 0, 20, 0],
      ]),
      aedatPacket([[1, 1, 1, 1]], 0, 2),
      aedatPacket([[0, 127, 0, 30]], 1),
    )
    expect(readAedat31(file, gestureShape, named)).toEqual({
      timesUs: Float64Array.of(10, 2 ** 31 + 30),
      inputs: Uint16Array.of((5 * 128 + 127) * 2 + 1, 127 * 128 * 2),
    })
  })

  it('says at which byte a packet is wrong', () => {
    const file = aedatFile(aedatPacket([[0, 0, 0, 1]]))
    expect(() => readAedat31(file.subarray(0, file.length - 1), gestureShape, named)).toThrow(
      'at byte 42, a packet announces 1 events of 8 bytes, more than there are',
    )
    expect(() => readAedat31(aedatFile(aedatPacket([[128, 0, 0, 1]])), gestureShape, named)).toThrow(
      'at byte 70, an event has the place 128, 0',
    )
    expect(() => readAedat31(file.subarray(0, 20), gestureShape, named)).toThrow('the lines of its header have no end')
  })
})

describe('gestures', () => {
  it('are cut from start to before end, in time from the start', () => {
    const events = { timesUs: Float64Array.of(5, 10, 19, 20), inputs: Uint16Array.of(1, 2, 3, 4) }
    expect(cutGesture(events, { label: 0, startUs: 10, endUs: 20 })).toEqual({
      timesUs: Uint32Array.of(0, 9),
      inputs: Uint16Array.of(2, 3),
    })
  })

  it('have classes from 1 in their table', () => {
    const table = Buffer.from('class,startTime_usec,endTime_usec\n1,10,20\n11,30,50\n')
    expect(readGestureTimes(table, named)).toEqual([
      { line: 2, label: 0, startUs: 10, endUs: 20 },
      { line: 3, label: 10, startUs: 30, endUs: 50 },
    ])
    expect(() => readGestureTimes(Buffer.from('class,a,b\n12,10,20\n'), named)).toThrow(
      'line 2 is not a class from 1 to 11, a start and a later end',
    )
  })

  it('of tonic come in milliseconds', () => {
    expect(readCutGesture(npyOf([2, 4], [1, 2, 1, 7, 127, 127, 0, 3]), named)).toEqual({
      timesUs: Uint32Array.of(3000, 7000),
      inputs: Uint16Array.of((127 * 128 + 127) * 2, (2 * 128 + 1) * 2 + 1),
    })
    expect(() => readCutGesture(npyOf([1, 4], [1, 2, 2, 7]), named)).toThrow('event 0 is 1, 2, 2, 7')
  })
})

const numbersOf = (bytes: Uint8Array): number[] => {
  const { count, at } = readNpy(bytes, named)
  return Array.from({ length: count }, (_, place) => at(place))
}

describe('readNpy', () => {
  it('holds numbers as they lie in the file, whatever their type', () => {
    const file = npyFile('<i8', [3], bytesOf(BigInt64Array.of(1n, -2n, 3n)))
    expect(readNpy(file, named)).toMatchObject({ type: 'i8', count: 3, bytes: null })
    expect(Object.values(readNpy(file, named)).some(ArrayBuffer.isView)).toBe(false)
    const bytes = npyBytes([2], [5, 6])
    expect(readNpy(bytes, named).bytes?.buffer).toBe(bytes.buffer)
  })

  it('reads numbers of any type', () => {
    expect(readNpy(npyBytes([2, 3], [1, 2, 3, 4, 5, 6]), named)).toMatchObject({ shape: [2, 3] })
    expect(numbersOf(npyFile('<f4', [2], bytesOf(Float32Array.of(0.5, -2))))).toEqual([0.5, -2])
    expect(numbersOf(npyFile('<i8', [1], bytesOf(BigInt64Array.of(-3n))))).toEqual([-3])
    expect(numbersOf(npyFile('>u2', [1], Uint8Array.of(1, 2)))).toEqual([258])
    expect(numbersOf(npyFile('<f2', [2], Uint8Array.of(0, 0x3c, 0, 0xc0)))).toEqual([1, -2])
  })

  it('knows half precision', () => {
    expect([0x3555, 0x0001, 0x7bff, 0xfc00, 0x8000].map(halfPrecision)).toEqual([
      0.333251953125,
      2 ** -24,
      65504,
      -Infinity,
      -0,
    ])
    expect(halfPrecision(0x7e00)).toBeNaN()
  })

  it('says what is wrong', () => {
    expect(() => readNpy(Uint8Array.of(1, 2), named)).toThrow('at byte 0, it does not begin as a .npy file does')
    expect(() => readNpy(npyBytes([4], [1, 2, 3]), named)).toThrow('3 bytes follow where its header announces 4')
    expect(() => readNpy(npyFile('|O8', [1], new Uint8Array(8)), named)).toThrow('the unknown type O8')
    expect(() => readNpy(npyFile('|u1', [1], new Uint8Array(1), 'True'), named)).toThrow('in the order of Fortran')
  })
})

describe('archives', () => {
  it('npz: the arrays that are asked for', () => {
    const file = npzFile({ x: npyBytes([1], [7]), other: npyBytes([1], [8]) })
    expect([...readNpz(file, ['x', 'y'], named)]).toMatchObject([['x', { shape: [1], bytes: Uint8Array.of(7) }]])
    expect(() => readNpz(file.subarray(0, 40), ['x'], named)).toThrow(
      '/data/one is damaged: at byte 40, it ends without the directory of a zip archive. Fetch it again.',
    )
  })

  it('zip: members whole, with the checksum that they were packed with, or an error', () => {
    const content = Buffer.from('many of the same, many of the same')
    const zip = Buffer.from(zipSync({ 'x.npy': content, 'y.npy': [Buffer.from('stored'), { level: 0 }] }))
    expect(
      [...readZip(zip, ['x.npy', 'y.npy'], named)].map(([name, bytes]) => [name, String(Buffer.from(bytes))]),
    ).toEqual([
      ['x.npy', String(content)],
      ['y.npy', 'stored'],
    ])
    const changed = (change: (directory: number, bytes: Buffer) => void): (() => unknown) => {
      const bytes = Buffer.from(zip)
      change(bytes.readUInt32LE(bytes.length - 6), bytes)
      return () => readZip(bytes, ['x.npy', 'y.npy'], named)
    }
    const cases: readonly [string, (directory: number, bytes: Buffer) => void][] = [
      ['at byte 0, x.npy in it cannot be unpacked (', (_, bytes) => bytes.fill(0xff, 35, 40)],
      ['y.npy in it does not match its checksum', (_, bytes) => bytes.write('Stored', zip.indexOf('stored'))],
      ['x.npy in it announces more bytes than it can hold', (at, bytes) => bytes.writeUInt32LE(2 ** 31, at + 24)],
      ['x.npy in it has 34 bytes, where 35 are announced', (at, bytes) => bytes.writeUInt32LE(35, at + 24)],
      [
        'x.npy in it cannot be unpacked (Cannot create a Buffer larger',
        (at, bytes) => bytes.writeUInt32LE(33, at + 24),
      ],
      ['x.npy in it announces 4294967295 bytes, more than', (at, bytes) => bytes.writeUInt32LE(2 ** 32 - 1, at + 20)],
      ['x.npy in it is encrypted', (at, bytes) => bytes.writeUInt16LE(1, at + 8)],
      ['x.npy in it is packed by the unknown method 12', (at, bytes) => bytes.writeUInt16LE(12, at + 10)],
      ['x.npy in it is not there', (at, bytes) => bytes.writeUInt32LE(1, at + 42)],
      ['y.npy is in it twice', (at, bytes) => bytes.write('y', at + 46)],
      ['entry 0 of the 2 of its directory is none', (at, bytes) => bytes.writeUInt8(0, at)],
    ]
    for (const [message, change] of cases) expect(changed(change)).toThrow(message)
  })

  it('zip: no more than is held in memory, whatever the ratio', () => {
    const zip = zipSync({ 'x.npy': Buffer.alloc(600), 'y.npy': Buffer.alloc(600) })
    expect(readZip(zip, ['x.npy', 'y.npy'], named, 1200).size).toBe(2)
    expect(readZip(zip, ['x.npy'], named, 1000).size).toBe(1)
    expect(() => readZip(zip, ['x.npy', 'y.npy'], named, 1000)).toThrow(
      'up to y.npy announces 1200 bytes, more than the 1000 that are held in memory',
    )
  })

  it('gzip: no more than is announced, nor than is held in memory', async () => {
    const unpack = (bytes: Uint8Array, announced: number | null) => unpackGzip(bytes, named, () => announced)
    const bomb = gzipSync(Buffer.alloc(2 ** 20))
    expect(await unpack(bomb, 2 ** 20)).toHaveLength(2 ** 20)
    expect(await unpack(bomb, 100)).toHaveLength(101)
    expect((await unpack(bomb, null)).length).toBeLessThan(100)
    expect(await unpack(gzipSync(Buffer.from('short')), 5)).toEqual(Buffer.from('short'))
    await expect(unpack(bomb, 2 ** 33)).rejects.toThrow(
      /it announces 8589934592 bytes, more than the \d+ that are held/,
    )
    await expect(unpack(gzipSync(Buffer.alloc(100)), 2 ** 20)).rejects.toThrow('1048576 bytes, more than it can hold')
  })

  it('csv: no row without an end', () => {
    const endless = Buffer.concat([Buffer.from('a,b\n1,"'), Buffer.alloc(17 * 2 ** 20, 'x')])
    const read = () => {
      readCsvTable(endless, named, () => () => undefined)
    }
    expect(read).toThrow(/it is no table \(Max Record Size/)
  })

  it('csv: a table of text', () => {
    const read = (text: string): unknown[] => {
      const seen: unknown[] = []
      readCsvTable(Buffer.from(text), named, (columns) => {
        seen.push(columns)
        return (row) => seen.push(row)
      })
      return seen
    }
    expect(read('\ufeffa; b\n1;x\n\n2;y\n')).toEqual([
      ['a', 'b'],
      { cells: ['1', 'x'], line: 2, byte: 12 },
      { cells: ['2', 'y'], line: 4, byte: 17 },
    ])
    expect(() => read('a,b\n')).toThrow('at byte 4, it ends before any row')
    expect(() => read('')).toThrow('at byte 0, it ends before any row')
    expect(() => read('a,b\n1\n')).toThrow('/data/one is damaged: it is no table')
    expect(() => read('a,a\n1,2\n')).toThrow('its line of names has a twice')
  })
})
