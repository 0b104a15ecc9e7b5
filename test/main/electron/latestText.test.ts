import { expect, it } from 'vitest'
import { LatestText } from '../../../src-main/electron/settings.ts'

it('writes the latest text, one write after the other, and tells who waits of a failure', async () => {
  const writes: string[] = []
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = []
  const file = new LatestText((text) => {
    writes.push(text)
    return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }))
  })
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
  file.change(() => 'first')
  expect(writes).toEqual([])
  await settled()
  file.change(() => 'second')
  file.change(() => 'third')
  await settled()
  expect(writes).toEqual(['first'])
  ends[0]?.reject(new Error('disk full'))
  await settled()
  expect(writes).toEqual(['first', 'third'])
  const waits = expect(file.written()).rejects.toThrow('disk gone')
  ends[1]?.reject(new Error('disk gone'))
  await waits
  file.change(() => 'fourth')
  await settled()
  ends[2]?.resolve()
  await file.written()
  expect(writes).toEqual(['first', 'third', 'fourth'])
})
