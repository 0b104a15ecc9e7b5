import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createTerminal } from '../../../src-main/cli/terminal.ts'

/** A stream with what makes it a terminal of 100 columns. */
const stream = (isTTY: boolean): NodeJS.WriteStream =>
  Object.assign(new PassThrough(), { isTTY, columns: 100, rows: 30 }) as unknown as NodeJS.WriteStream

const input = (isTTY: boolean): NodeJS.ReadStream =>
  Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.ReadStream

const terminal = (isTTY: boolean, environment: Record<string, string> = {}, stdin = input(isTTY)) =>
  createTerminal({ stdin, stdout: stream(isTTY), stderr: stream(isTTY), environment })

describe('createTerminal', () => {
  it('redraws in a terminal only, and not where CI or a dumb terminal says otherwise', () => {
    expect(terminal(true).interactive).toBe(true)
    expect(terminal(false).interactive).toBe(false)
    expect(terminal(true, { CI: 'true' }).interactive).toBe(false)
    expect(terminal(true, { CI: 'false' }).interactive).toBe(true)
    expect(terminal(true, { TERM: 'dumb' }).interactive).toBe(false)
  })

  it('is attended where both ends are terminals, and never where CI is set', () => {
    expect(terminal(true).attended).toBe(true)
    expect(terminal(true, {}, input(false)).attended).toBe(false)
    expect(terminal(false, {}, input(true)).attended).toBe(false)
    expect(terminal(true, { CI: 'true' }).attended).toBe(false)
  })

  it('hands on the line that is typed, and says where the input ends before one', async () => {
    const [typed, ended] = [input(true), input(true)]
    const answer = terminal(true, {}, typed).ask('Start? ')
    ;(typed as unknown as PassThrough).write('yes\n')
    expect(await answer).toBe('yes')
    const none = terminal(true, {}, ended).ask('Start? ')
    ;(ended as unknown as PassThrough).end()
    expect(await none).toBeNull()
  })

  it('colours a terminal, unless NO_COLOR is set; FORCE_COLOR colours anything', () => {
    const coloured = (isTTY: boolean, environment: Record<string, string> = {}) =>
      terminal(isTTY, environment).styles.red('x') !== 'x'
    expect(coloured(true)).toBe(true)
    expect(coloured(false)).toBe(false)
    expect(coloured(true, { NO_COLOR: '1' })).toBe(false)
    expect(coloured(true, { NO_COLOR: '' })).toBe(true)
    expect(coloured(false, { FORCE_COLOR: '1' })).toBe(true)
    expect(coloured(false, { FORCE_COLOR: '0' })).toBe(false)
  })

  it('knows its width, and takes 80 columns for what is no terminal', () => {
    expect([terminal(true).columns, terminal(false).columns]).toEqual([100, 80])
  })

  it('reads from the locale whether there is more than ASCII', () => {
    const unicode = (environment: Record<string, string>) => terminal(true, environment).unicode
    expect(unicode({ LANG: 'de_DE.UTF-8' })).toBe(true)
    expect(unicode({ LANG: 'de_DE.UTF-8', LC_ALL: 'C' })).toBe(false)
    expect(unicode({})).toBe(false)
  })

  it('says when nobody reads any more, and then prints nothing', async () => {
    const stdout = stream(false)
    const { closed, print, flush } = createTerminal({
      stdin: input(false),
      stdout,
      stderr: stream(false),
      environment: {},
    })
    print('in time')
    expect([closed.aborted, await flush()]).toEqual([false, 'written'])
    stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    expect([closed.aborted, await flush()]).toEqual([true, 'closed'])
    const before = stdout.writableLength
    print('too late')
    expect(stdout.writableLength).toBe(before)
  })

  it('waits for a slow reader with what comes in parts, and no longer for one that has gone', async () => {
    const stdout = stream(false)
    const { write } = createTerminal({ stdin: input(false), stdout, stderr: stream(false), environment: {} })
    await write('a little')
    const part = 'x'.repeat(100_000)
    const [many, read] = [write(part), stdout as unknown as PassThrough]
    const first = await Promise.race([many.then(() => 'written'), Promise.resolve().then(() => 'waits')])
    expect(first).toBe('waits')
    read.resume()
    await many
    read.pause()
    const last = write(part)
    stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    await last
    const before = stdout.writableLength
    await write('too late')
    expect(stdout.writableLength).toBe(before)
  })

  it('tells a full disk from a reader that has gone: the work goes on, and the loss is told', async () => {
    const [stdout, stderr] = [stream(false), stream(false)]
    const { closed, flush } = createTerminal({ stdin: input(false), stdout, stderr, environment: {} })
    stdout.emit('error', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }))
    expect([closed.aborted, await flush()]).toEqual([false, 'lost'])
    expect(String((stderr as unknown as PassThrough).read())).toContain('no space left')
  })
})
