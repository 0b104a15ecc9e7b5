import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readImported } from '../../../src-main/imports/readImported.ts'
import { readLog } from '../../../src-main/imports/readLogFile.ts'
import { readNamedFile } from '../../../src-main/files/namedFile.ts'
import { checkWheel } from '../../../src-main/tensorflow/wheel.ts'
import { createDefinitionSources } from '../../../src-main/studies/definitionSources.ts'
import { readSource } from '../../../src-worker/datasets/sources/readSource.ts'
import { loadDataset } from '../../../src-worker/datasets/loadDataset.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { installed } from '../../worker/datasets/tinyDataset.ts'

const readLogFile = async (path: string) => readLog(await readImported(path), path)

const refused = (why: string): Error => new Error(`It ${why}.`)

describe.skipIf(process.platform === 'win32')('what is named as a file', () => {
  it.each([
    ['pipe', 'is a pipe'],
    ['folder', 'is a folder'],
    ['link', 'is a device'],
    ['/dev/zero', 'is a device'],
  ])('is refused at once as a log, a definition, a dataset and a wheel: %s %s', async (name, why) => {
    const folder = temporaryFolder()
    execFileSync('mkfifo', [join(folder, 'pipe')])
    mkdirSync(join(folder, 'folder'))
    symlinkSync('/dev/zero', join(folder, 'link'))
    const path = resolve(folder, name)
    const definitions = createDefinitionSources(new URL('file:///none/'))
    await expect(readLogFile(path)).rejects.toThrow(why)
    await expect(definitions.readFile(path)).rejects.toThrow(why)
    await expect(checkWheel(path, 'cpu', { environment: {} })).rejects.toThrow(why)
    await expect(readSource(path, 'Name another.')).rejects.toThrow(why)
    for (const name of ['csv', 'npz'] as const) {
      const loading = loadDataset({ name, file: path, trainFraction: 0.8 }, { ...installed, cacheFolder: folder })
      await expect(loading).rejects.toThrow(why)
    }
  })

  it('is refused where it is a socket, too large or not there', async () => {
    const folder = temporaryFolder()
    const at = (name: string): string => join(folder, name)
    const server = createServer().listen(at('socket'))
    await once(server, 'listening')
    await expect(readNamedFile(at('socket'), 10, refused)).rejects.toThrow('It is a socket.')
    server.close()
    writeFileSync(at('file'), 'eleven byte')
    await expect(readNamedFile(at('file'), 10, refused)).rejects.toThrow(
      'It has 11 bytes, more than the 10 that are read.',
    )
    expect(await readNamedFile(at('file'), 11, refused)).toEqual(Buffer.from('eleven byte'))
    await expect(readNamedFile(at('none'), 10, refused)).rejects.toThrow('It does not exist.')
  })
})
