import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../src-main/electron/commandLine.ts'

const read = (...args: string[]) =>
  readCommandLine(['/opt/electron', ...args], { packaged: false, workingFolder: '/home/me' })

describe('the command line of the window', () => {
  it('takes the argument after the application folder as the study', () => {
    expect(read('.')).toEqual({ study: null, library: null })
    expect(read('/opt/spiketune', 'mnist-stdp-1')).toEqual({ study: 'mnist-stdp-1', library: null })
  })

  it('leaves out the switches of Chromium', () => {
    expect(read('--no-sandbox', '--user-data-dir=/tmp/x', '--remote-debugging-port=0', '.', 'a-1').study).toBe('a-1')
  })

  it('resolves paths of studies and libraries', () => {
    expect(read('.', './old/a-1').study).toBe('/home/me/old/a-1')
    expect(read('.', '/data/a-1').study).toBe('/data/a-1')
    expect(read('.', '--library=studies', 'a-1')).toEqual({ study: 'a-1', library: '/home/me/studies' })
    expect(read('.', '--library', '/data', 'a-1')).toEqual({ study: 'a-1', library: '/data' })
  })

  it('has no application folder among its arguments when packaged', () => {
    expect(readCommandLine(['/opt/spiketune', 'a-1'], { packaged: true, workingFolder: '/' }).study).toBe('a-1')
  })
})
