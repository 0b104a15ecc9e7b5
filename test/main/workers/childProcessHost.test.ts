import { describe, expect, it } from 'vitest'
import type { WorkerExit } from '../../../src-main/workers/workerHost.ts'
import { createChildProcessHost } from '../../../src-main/workers/childProcessHost.ts'

describe('a process that the system refuses to start', () => {
  it.skipIf(process.platform === 'win32')('is told as an end, after it was handed over', async () => {
    const host = createChildProcessHost(new URL('file:///no/worker.js'))
    let handedOver = false
    const exit = await new Promise<WorkerExit>((resolve) => {
      // A longer argument than the system takes: E2BIG is thrown, like ENOMEM.
      const worker = host.start('x'.repeat(1 << 22), {
        message: () => undefined,
        exit: (end) => {
          expect(handedOver).toBe(true)
          resolve(end)
        },
      })
      handedOver = true
      worker.post({ type: 'shutdown' })
      worker.kill()
    })
    expect(exit).toEqual({ kind: 'failed-to-start', message: expect.stringContaining('E2BIG') as string })
  })
})
