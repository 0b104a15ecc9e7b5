/** Whatever lies in a file, a reader gives a result or an error that a person can act on, without taking more memory than the file is worth. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpiketuneError } from '../../../../src-core/errors/spiketuneError.ts'
import { readAedat31 } from '../../../../src-worker/datasets/formats/aedat31.ts'
import { readNpy } from '../../../../src-worker/datasets/formats/npy.ts'
import { readNpz } from '../../../../src-worker/datasets/formats/npz.ts'
import { readSaccadeEvents } from '../../../../src-worker/datasets/formats/saccadeEvents.ts'
import { readIdxImages } from '../../../../src-worker/datasets/idx.ts'
import { gestureShape, readCutGesture, readGestureTimes } from '../../../../src-worker/datasets/sources/dvsGesture.ts'
import { nmnistShape, readList } from '../../../../src-worker/datasets/sources/nmnist.ts'
import { unpackTar } from '../../../../src-worker/datasets/sources/unpackTar.ts'
import { temporaryFolder } from '../../../support/temporaryFolder.ts'
import { idxImages } from '../tinyDataset.ts'
import { aedatFile, aedatPacket, npyBytes, npyOf, npzFile, saccadeFile, tarFile } from './tinyFiles.ts'

const named = { file: 'one', advice: '' }
const seed = 20

interface Reader {
  readonly name: string
  readonly valid: Uint8Array
  /** @param folder an empty one */
  readonly read: (bytes: Uint8Array, folder: string) => unknown
}

const unpacked = async (bytes: Uint8Array, folder: string): Promise<readonly Uint8Array[]> => {
  const file = join(folder, 'one.tar.gz')
  writeFileSync(file, bytes)
  const tar = await unpackTar({ file, advice: '' }, () => true, folder)
  try {
    return await Promise.all(tar.names.map((name) => tar.read(name)))
  } finally {
    await tar.close()
  }
}

const readers: readonly Reader[] = [
  { name: 'IDX', valid: idxImages(3, 2, 2), read: (bytes) => readIdxImages(bytes, 'one', '') },
  {
    name: 'N-MNIST',
    valid: saccadeFile([
      [1, 2, 1, 9],
      [3, 240, 0, 0],
      [5, 6, 0, 70000],
    ]),
    read: (bytes) => readSaccadeEvents(bytes, nmnistShape, named),
  },
  {
    name: 'list of recordings',
    valid: Buffer.from('#sample #class\r\n1\t5\r\n2\t0\r\n'),
    read: (bytes) => readList(Buffer.from(bytes).toString('latin1'), named),
  },
  {
    name: 'AEDAT 3.1',
    valid: aedatFile(
      aedatPacket([
        [1, 2, 1, 9],
        [127, 0, 0, 12],
      ]),
      aedatPacket([[3, 3, 0, 30]], 1),
    ),
    read: (bytes) => readAedat31(bytes, gestureShape, named),
  },
  {
    name: 'times of gestures',
    valid: Buffer.from('class,start,end\n1,10,20\n11,30,50\n'),
    read: (bytes) => readGestureTimes(bytes, named),
  },
  { name: 'npy', valid: npyOf([2, 2], [1, 2, 3, 4]), read: (bytes) => readNpy(bytes, named) },
  { name: 'gesture of tonic', valid: npyOf([1, 4], [1, 2, 1, 5]), read: (bytes) => readCutGesture(bytes, named) },
  {
    name: 'npz',
    valid: npzFile({ x: npyBytes([2, 2], [1, 2, 3, 4]), y: npyBytes([2], [0, 1]) }),
    read: (bytes) => readNpz(bytes, ['x', 'y'], named),
  },
  {
    name: 'tar.gz',
    valid: await tarFile({ 'a.bs2': Uint8Array.of(1, 2, 3, 4, 5) }),
    read: unpacked,
  },
]

/** Bytes at random, the valid file cut short, or with some of its bytes changed. */
const files = (valid: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.nat({ max: valid.length }).map((length) => valid.slice(0, length)),
    fc
      .array(fc.tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 })
      .map((changes) => {
        const changed = Uint8Array.from(valid)
        for (const [at, byte] of changes) changed[at] = byte
        return changed
      }),
  )

/** Of the arrays in a result. */
const bytesIn = (result: unknown): number => {
  if (ArrayBuffer.isView(result)) return result.byteLength
  if (result instanceof Map) return [...result.values()].reduce<number>((sum, value) => sum + bytesIn(value), 0)
  if (typeof result !== 'object' || result === null) return 0
  return Object.values(result).reduce<number>((sum, value) => sum + bytesIn(value), 0)
}

describe.each(readers)('$name', ({ valid, read }) => {
  it('is read when it is valid', async () => {
    await expect(Promise.resolve(read(valid, temporaryFolder()))).resolves.toBeDefined()
  })

  it(`is read or refused in words, whatever it holds (seed ${seed})`, async () => {
    const folder = temporaryFolder()
    await fc.assert(
      fc.asyncProperty(files(valid), async (bytes) => {
        try {
          const result = await read(bytes, folder)
          expect(bytesIn(result)).toBeLessThanOrEqual(300 * bytes.length)
        } catch (error) {
          expect(error).toBeInstanceOf(SpiketuneError)
          expect((error as SpiketuneError).code).toBe('dataset-damaged')
        }
      }),
      { seed, numRuns: 1500 },
    )
  })
})
