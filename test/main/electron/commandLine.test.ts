import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../src-main/electron/commandLine.ts'

const read = (...args: string[]) =>
  readCommandLine(['/opt/electron', ...args], { packaged: false, workingFolder: '/home/me' })

describe('the command line of the window', () => {
  it('takes the argument after the application folder as the study', () => {
    expect(read('.')).toEqual({ study: null, file: null, library: null })
    expect(read('/opt/spiketune', 'mnist-stdp-1')).toEqual({ study: 'mnist-stdp-1', file: null, library: null })
  })

  it('leaves out the switches of Chromium', () => {
    expect(read('--no-sandbox', '--user-data-dir=/tmp/x', '--remote-debugging-port=0', '.', 'a-1').study).toBe('a-1')
  })

  it('resolves paths of studies and libraries', () => {
    expect(read('.', './old/a-1').study).toBe('/home/me/old/a-1')
    expect(read('.', '/data/a-1').study).toBe('/data/a-1')
    expect(read('.', '--library=studies', 'a-1')).toEqual({ study: 'a-1', file: null, library: '/home/me/studies' })
    expect(read('.', '--library', '/data', 'a-1')).toEqual({ study: 'a-1', file: null, library: '/data' })
  })

  it('opens a definition or a log, and a study by its database, as a double click names them', () => {
    expect(read('.', 'mine.spiketune.yaml')).toEqual({
      study: null,
      file: '/home/me/mine.spiketune.yaml',
      library: null,
    })
    expect(read('.', '/data/log.csv.gz').file).toBe('/data/log.csv.gz')
    expect(read('.', '/data/a-1/study.sqlite')).toEqual({ study: '/data/a-1', file: null, library: null })
    expect(read('.', 'study.sqlite').study).toBe('/home/me')
  })

  it('has no application folder among its arguments when packaged', () => {
    expect(readCommandLine(['/opt/spiketune', 'a-1'], { packaged: true, workingFolder: '/' }).study).toBe('a-1')
  })
})
