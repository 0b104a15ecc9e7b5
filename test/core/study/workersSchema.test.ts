import { describe, expect, it } from 'vitest'
import { workersByDevice, workersInAll, workersSchema } from '../../../src-core/study/workersSchema.ts'

describe('workers', () => {
  it('are on the processor where no device is named', () => {
    expect(workersByDevice('auto', 6)).toEqual([['cpu', 6]])
    expect(workersByDevice(3, 6)).toEqual([['cpu', 3]])
  })

  it('are by device, without those that have none', () => {
    const workers = workersSchema.parse({ gpu0: 2, cpu: 0, gpu12: 1, tensorflow: 1 })
    expect(workersInAll(workers, 6)).toBe(4)
    expect(workersByDevice(workers, 6)).toEqual([
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
