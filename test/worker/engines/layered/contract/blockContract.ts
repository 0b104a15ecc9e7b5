import { describe, expect, it } from 'vitest'
import { blockOf, type ContractPart } from './support.ts'

export const describeBlocks: ContractPart = (subject) => {
  describe('blocks', () => {
    it('are zeros at first, and keep what is written', () => {
      const kernels = subject()
      const block = kernels.block([2, 3, 5])
      expect(block.shape).toEqual([2, 3, 5])
      expect(block.size).toBe(30)
      expect(kernels.read(block)).toEqual(new Float32Array(30))
      const values = Float32Array.from({ length: 30 }, (_, index) => index / 7 - 2)
      kernels.write(block, values)
      expect(kernels.read(block)).toEqual(values)
    })

    it('are read as copies', () => {
      const kernels = subject()
      const block = blockOf(kernels, [3], [1, 2, 3])
      const before = kernels.read(block)
      kernels.fill(block, 9)
      expect([...before]).toEqual([1, 2, 3])
      before.fill(4)
      expect([...kernels.read(block)]).toEqual([9, 9, 9])
    })

    it('refuse numbers of another length', () => {
      const kernels = subject()
      const block = kernels.block([2, 2])
      expect(() => {
        kernels.write(block, new Float32Array(3))
      }).toThrow(RangeError)
      expect(() => {
        kernels.write(block, new Float32Array(5))
      }).toThrow(RangeError)
    })

    it('take events in any order, the last of equal ones, and zeros elsewhere', () => {
      const kernels = subject()
      const block = blockOf(kernels, [3, 2, 4], new Float32Array(24).fill(5))
      const [steps, samples, inputs] = [
        Uint16Array.of(2, 0, 2, 1),
        Uint16Array.of(1, 0, 1, 1),
        Uint32Array.of(3, 1, 3, 0),
      ]
      const expected = new Float32Array(24)
      kernels.writeEvents(block, steps, samples, inputs, Float32Array.of(8, 2, -0.5, 3))
      for (const [place, number] of [
        [1, 2],
        [12, 3],
        [23, -0.5],
      ] as const)
        expected[place] = number
      expect(kernels.read(block)).toEqual(expected)
      kernels.writeEvents(block, steps, samples, inputs, null)
      for (const place of [1, 12, 23]) expected[place] = 1
      expect(kernels.read(block)).toEqual(expected)
    })

    it('are emptied by no events', () => {
      const kernels = subject()
      const block = blockOf(kernels, [1, 1, 3], [1, 1, 1])
      kernels.writeEvents(block, new Uint16Array(0), new Uint16Array(0), new Uint32Array(0), null)
      expect(kernels.read(block)).toEqual(new Float32Array(3))
    })
  })
}
