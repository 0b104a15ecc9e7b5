import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { endProcess } from '../../../src-main/workers/endProcess.ts'

describe('ending a process', () => {
  it('kills it, and is nothing to one that has gone', async () => {
    const child = spawn('sleep', ['1000'])
    await once(child, 'spawn')
    const { pid } = child
    if (pid === undefined) throw new Error('it was spawned')
    const exited = once(child, 'exit')
    endProcess(pid)
    expect(await exited).toEqual([null, 'SIGKILL'])
    expect(() => {
      endProcess(pid)
    }).not.toThrow()
  })

  it('says what else is in the way', () => {
    expect(() => {
      endProcess(0.5)
    }).toThrow()
  })
})
