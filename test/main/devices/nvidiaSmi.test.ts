import { describe, expect, it } from 'vitest'
import { readAnswer } from '../../../src-main/devices/nvidiaSmi.ts'

const uuid = 'GPU-6a3e3f5c-0d2b-4c8e-9d3a-1f2e3d4c5b6a'
const printed = (text: string, code = 0) => readAnswer({ kind: 'printed', code, text })

describe('what nvidia-smi prints', () => {
  it.each(['[N/A]', 'N/A', '[Not Supported]'])('is a GPU where it says %s of memory and load', (unknown) => {
    const report = printed(`0, NVIDIA GB10, ${uuid}, ${unknown}, ${unknown}, ${unknown}, 580.95.05`)
    expect(report.problem).toBeNull()
    expect(report.gpus).toMatchObject([{ id: 'gpu0', memoryBytes: 0, usedBytes: 0, utilisation: null }])
  })

  it('is no GPU to be used where that must be reset', () => {
    const reset = '[GPU requires reset]'
    const report = printed(`0, NVIDIA H200, ${uuid}, ${reset}, ${reset}, ${reset}, 580.95.05`)
    expect(report.gpus).toEqual([])
    expect(report.problem).toMatch(/^A GPU does not answer any more: restart the machine/)
  })

  it('is no GPU where a number is left out', () => {
    expect(printed(`0, NVIDIA H200, ${uuid}, , 5, 0, 580.95.05`).gpus).toEqual([])
  })

  it('may list the parts of a GPU, which are none of their own', () => {
    const report = printed(
      `0, NVIDIA A100-SXM4-40GB, ${uuid}, 40960, 5, [N/A], 535.161.08
  MIG 3g.20gb     Device  0: (UUID: MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f)`,
    )
    expect(report).toMatchObject({ gpus: [{ id: 'gpu0' }], problem: null })
  })

  it('may be that the driver is too old', () => {
    expect(printed('Field "uuid" is not a valid field to query.', 2).problem).toMatch(/too old: install a newer one/)
  })

  it('is shown in short and without control characters where it is anything else', () => {
    const report = printed(`\u001b[2Jgarbage\u0007\ufffd ${'x'.repeat(100_000)}`, 0)
    expect(report.gpus).toEqual([])
    expect(report.problem).toMatch(/It says: \[2Jgarbage x+…$/)
    expect(report.problem?.length).toBeLessThan(450)
    expect(report.problem).not.toMatch(/\p{C}/u)
  })
})
