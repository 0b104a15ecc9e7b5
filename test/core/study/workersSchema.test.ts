import { describe, expect, it } from 'vitest'
import { workersByDevice, workersInAll, workersSchema } from '../../../src-core/study/workersSchema.ts'

describe('workers', () => {
  const network = { type: 'layered' } as const
  const six = { cores: 6, gpus: [] }

  it('are on the processor where no device is named and there is no GPU', () => {
    expect(workersByDevice({ workers: 'auto', network }, six)).toEqual([['cpu', 6]])
    expect(workersByDevice({ workers: 3, network }, six)).toEqual([['cpu', 3]])
  })

  it('are one on each GPU that is set up where nothing is said, for networks that train there', () => {
    const machine = { cores: 6, gpus: ['gpu0', 'gpu2'] }
    expect(workersByDevice({ workers: 'auto', network }, machine)).toEqual([
      ['gpu0', 1],
      ['gpu2', 1],
    ])
    expect(workersByDevice({ workers: 3, network }, machine)).toEqual([['cpu', 3]])
    expect(workersByDevice({ workers: 'auto', network: { type: 'diehl-cook' } }, machine)).toEqual([['cpu', 6]])
  })

  it('are by device, without those that have none', () => {
    const workers = workersSchema.parse({ gpu0: 2, cpu: 0, gpu12: 1, tensorflow: 1 })
    expect(workersInAll({ workers, network }, six)).toBe(4)
    expect(workersByDevice({ workers, network }, six)).toEqual([
      ['gpu0', 2],
      ['gpu12', 1],
      ['tensorflow', 1],
    ])
  })

  it.each([{}, { cpu: 0 }, { gpu: 1 }, { gpu0: -1 }, { gpu0: 200, gpu1: 57 }, { gpu100: 1 }])(
    'are not %j',
    (workers) => {
      expect(workersSchema.safeParse(workers).success).toBe(false)
    },
  )
})
