import { describe, expect, it } from 'vitest'
import { runTool, ToolMissing } from '../../../src-main/tensorflow/runTool.ts'
import { toolFailed } from '../../../src-main/tensorflow/setupErrors.ts'

const environment = { PATH: process.env['PATH'] }
const node = (program: string, rest: Partial<Parameters<typeof runTool>[2]> = {}) =>
  runTool(process.execPath, ['-e', program], { environment, ...rest })

/** A process that has ended but that nobody has asked after yet is a zombie: it runs no more. */
const isRunning = async (pid: number): Promise<boolean> => {
  const { stdout } = await runTool('ps', ['-o', 'stat=', '-p', String(pid)], { environment })
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z')
}

describe('a tool', () => {
  it('is run to its end, and its lines are told, the last one too', async () => {
    const lines: string[] = []
    const result = await node("console.error('one'); process.stdout.write('two\\r three'); process.exitCode = 3", {
      line: (line) => lines.push(line),
    })
    expect(result).toMatchObject({ code: 3, signal: null, stdout: 'two\r three' })
    expect(lines.sort()).toEqual(['one', 'three', 'two'])
  })

  it('is stopped with what it started', async () => {
    const stop = new AbortController()
    const program = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
      console.log(child.pid)
      setInterval(() => {}, 1000)`
    let grandchild = 0
    const reason = new Error('asked to')
    const line = (text: string): void => {
      grandchild = Number(text)
      stop.abort(reason)
    }
    await expect(node(program, { signal: stop.signal, line })).rejects.toBe(reason)
    await expect.poll(() => isRunning(grandchild)).toBe(false)
    await expect(node('', { signal: stop.signal })).rejects.toBe(reason)
  })

  it('may be missing', async () => {
    await expect(runTool('no-such-program', [], { environment })).rejects.toThrow(ToolMissing)
  })
})

describe('what a tool says when it fails', () => {
  const failed = (output: string) =>
    toolFailed('npm could not', { code: 1, signal: null, stdout: '', output }, 'The details say why.')

  it.each([
    'npm error code ENOTFOUND',
    'npm error request failed, reason: connect ECONNREFUSED 127.0.0.1:80',
    "NewConnectionError('...: Failed to establish a new connection: [Errno -2] Name or service not known')",
    'gyp ERR! stack Error: getaddrinfo EAI_AGAIN',
  ])('means that there is no network: %s', (output) => {
    expect(failed(output)).toMatchObject({ code: 'setup-failed', message: expect.stringMatching(/network/) as string })
  })

  it.each(['OSError: [Errno 28] No space left on device', 'npm error code ENOSPC', 'tar: Disk quota exceeded'])(
    'means that the disk is full: %s',
    (output) => {
      expect(failed(output)).toMatchObject({ code: 'disk-full', details: output })
    },
  )

  it('is kept where it means anything else', () => {
    expect(failed('make: *** [x.o] Error 1').message).toBe('npm could not (exit code 1). The details say why.')
  })
})
