import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Device, MachineDevices } from '../../../src-core/contracts/window/controlCalls.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { editYaml } from '../../../src-core/study/editYaml.ts'
import { workersInAll } from '../../../src-core/study/workersSchema.ts'
import { emptyDefinition } from '../../../src-renderer/editor/draft.ts'
import { schemaOrder } from '../../../src-renderer/editor/formFields.ts'
import {
  automaticText,
  mayLose,
  switched,
  workerRows,
  workersMode,
  workersModes,
} from '../../../src-renderer/editor/workerRows.ts'

const processor: Device = {
  id: 'cpu',
  kind: 'cpu',
  name: 'A processor',
  cores: 8,
  engine: 'WebAssembly SIMD, 128 bit',
  driver: null,
  memoryBytes: 1,
  freeMemoryBytes: 1,
  utilisation: null,
  ready: true,
  notes: [],
}
const gpu = (id: string, setUp: boolean, ready = setUp): Device => ({
  ...processor,
  id,
  kind: 'gpu',
  name: 'A GPU',
  cores: 0,
  engine: setUp ? 'TensorFlow 2.21.0' : 'none',
  ready,
  notes: [setUp ? (ready ? 'It trains.' : 'Lost: CUDA_ERROR_UNKNOWN.') : 'TensorFlow for it is not set up.'],
})
const plain: MachineDevices = { devices: [processor], tensorflow: null, missing: 'There is no NVIDIA driver.' }
const two: MachineDevices = {
  devices: [processor, gpu('gpu0', true), gpu('gpu1', true)],
  tensorflow: '2.21.0',
  missing: null,
}
const without: MachineDevices = { ...plain, devices: [processor, gpu('gpu0', false)] }

const layered = (workers: unknown) => ({ network: { type: 'layered' }, workers })
const stdp = (workers: unknown) => ({ network: { type: 'diehl-cook' }, workers })

describe('the way workers are given', () => {
  it.each([
    [undefined, 'automatic'],
    ['auto', 'automatic'],
    [null, 'automatic'],
    [4, 'number'],
    ['four', 'number'],
    [{ gpu0: 1 }, 'devices'],
    [{}, 'devices'],
  ])('of %j is %s', (workers, mode) => {
    expect(workersMode(layered(workers))).toBe(mode)
    expect(workersMode(null)).toBe('automatic')
  })

  it('changes into what the way before came to', () => {
    expect(switched(layered(undefined), 'devices', two)).toEqual({ gpu0: 1, gpu1: 1 })
    expect(switched(layered(undefined), 'devices', without)).toEqual({ cpu: 8 })
    expect(switched(stdp(undefined), 'devices', two)).toEqual({ cpu: 8 })
    expect(switched(layered(3), 'devices', two)).toEqual({ cpu: 3 })
    expect(switched(layered('four'), 'devices', two)).toEqual({ cpu: 1 })
    expect(switched(layered({ gpu0: 1, cpu: 5 }), 'number', two)).toBe(5)
    expect(switched(layered({ gpu0: 1 }), 'number', two)).toBe(1)
    expect(switched(layered(undefined), 'number', plain)).toBe(8)
    expect(switched(layered(4), 'automatic', two)).toBeUndefined()
  })

  it('is written so that it decodes, and reads as what was chosen', () => {
    for (const [mode] of workersModes) {
      const text = editYaml(emptyDefinition, ['workers'], switched(stdp(undefined), mode, two), schemaOrder)
      expect(workersMode(parse(text ?? emptyDefinition))).toBe(mode)
      const decoded = decodeDefinition(text ?? emptyDefinition, mode)
      expect(workersInAll(decoded, { cores: 8, gpus: [] })).toBe(8)
    }
  })

  it('is said in words where it is automatic', () => {
    expect(automaticText(two, layered(undefined))).toMatch(/each GPU.*gpu0, gpu1.*2.workers here/)
    expect(automaticText(without, layered(undefined))).toMatch(/each core.*no GPU is set up: 8.workers here/)
    expect(automaticText(two, stdp(undefined))).toMatch(/^One on each core of the processor: 8.workers here/)
  })
})

describe('the devices of the form', () => {
  it('are those of the machine, with their workers, and why they can have none', () => {
    const rows = workerRows(layered({ gpu0: 2, cpu: 1 }), two)
    expect(rows.map(({ device, count, whyNot }) => [device, count, whyNot])).toEqual([
      ['cpu', 1, null],
      ['tensorflow', 0, null],
      ['gpu0', 2, null],
      ['gpu1', 0, null],
    ])
    expect(workerRows(layered(undefined), without).map(({ whyNot }) => whyNot)).toEqual([
      null,
      expect.stringContaining('spiketune setup tensorflow'),
      'TensorFlow for it is not set up.',
    ])
    const lost = { ...two, devices: [processor, gpu('gpu0', true, false)] }
    expect(workerRows(layered({ gpu0: 1 }), lost).at(-1)).toMatchObject({ device: 'gpu0', whyNot: null })
  })

  it('train Diehl & Cook networks on the processor alone', () => {
    const able = workerRows(stdp({ cpu: 2 }), two).filter(({ whyNot }) => whyNot === null)
    expect(able.map(({ device }) => device)).toEqual(['cpu'])
  })

  it('are also those that the definition names and the machine does not have', () => {
    expect(workerRows(layered({ gpu3: 1 }), plain).at(-1)).toMatchObject({
      device: 'gpu3',
      count: 1,
      whyNot: 'This machine does not have it.',
    })
  })

  it('show no number where none is written', () => {
    expect(workerRows(layered({ cpu: 'many' }), plain)[0]?.count).toBeNull()
    expect(workerRows(layered({ cpu: 1.5 }), plain)[0]?.count).toBeNull()
  })

  it('keep one worker in all', () => {
    const of = (workers: unknown) => {
      const rows = workerRows(layered(workers), two)
      return rows.filter((row) => mayLose(rows, row)).map(({ device }) => device)
    }
    expect(of({ cpu: 1 })).toEqual([])
    expect(of({ cpu: 2 })).toEqual(['cpu'])
    expect(of({ cpu: 1, gpu0: 1 })).toEqual(['cpu', 'gpu0'])
  })
})
