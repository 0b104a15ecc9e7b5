import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { labelChangeSchema } from '../../../src-core/library/studyLabels.ts'
import { studyPaths } from '../../../src-main/files/studyFolder.ts'
import { takeWriterLock } from '../../../src-main/storage/writerLock.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { createTiny, emptyLibrary, listed } from './emptyLibrary.ts'

describe('studies of a library, managed', () => {
  it('are labelled whether they are open or not, in lists and when they are opened again; the journal tells it', async () => {
    const library = emptyLibrary()
    const study = await createTiny(library)
    expect(study.label({ title: 'Mine', addTags: ['paper'] }).labels).toMatchObject({ title: 'Mine', tags: ['paper'] })
    await study.close()
    const before = await library.summary('tiny-1')
    const after = await library.label('tiny-1', { archived: true, removeTags: ['paper'], addTags: ['old'] })
    expect(after.labels).toEqual({ title: 'Mine', tags: ['old'], note: '', archived: true })
    expect(after.updatedAtMs).toBe(before.updatedAtMs)
    expect((await listed(library))[0]?.labels).toEqual(after.labels)
    const again = await library.open('tiny-1')
    expect(again.summary().labels).toEqual(after.labels)
    expect((await again.check()).damage).toEqual([])
    await again.close()
    const texts = (await library.logBook('tiny-1')).map(({ text }) => text)
    expect(texts).toContain('It is tagged old; it was archived.')
    await expect(library.label('tiny-1', { addTags: ['a,b'] })).rejects.toMatchObject({ code: 'labels-invalid' })
    await expect(library.label('tiny-2', {})).rejects.toMatchObject({ code: 'study-not-found' })
    expect(labelChangeSchema.safeParse({ title: 'x'.repeat(121) }).success).toBe(false)
  })

  it('are refused while another application has them open', async () => {
    const library = emptyLibrary()
    const study = await createTiny(library)
    await study.close()
    const { folder } = study
    const lock = takeWriterLock(studyPaths(folder).lock)
    await expect(library.label('tiny-1', { title: 'x' })).rejects.toMatchObject({ code: 'study-read-only' })
    await expect(library.writeLog('tiny-1', 'x')).rejects.toMatchObject({ code: 'study-read-only' })
    const move = (): void => {
      throw new Error('not to be moved')
    }
    await expect(library.remove('tiny-1', move)).rejects.toMatchObject({ code: 'study-in-use' })
    expect(existsSync(folder)).toBe(true)
    lock?.release()
  })

  it('have a log book, to which a person adds', async () => {
    const library = emptyLibrary()
    const study = await createTiny(library)
    study.writeLog('noted', ' begun on a new machine ')
    await study.backUp(join(temporaryFolder(), 'tiny.tar'), false)
    await study.close()
    await library.writeLog('tiny-1', 'and looked at')
    const log = await library.logBook('tiny-1')
    expect(log.map(({ kind, text }) => `${kind} ${text.replace(/ to .*/, '')}`)).toEqual([
      'own and looked at',
      'event Backed up',
      'own begun on a new machine',
      'event Created.',
    ])
    await expect(library.writeLog('tiny-1', '  ')).rejects.toMatchObject({ code: 'labels-invalid' })
  })

  it('are duplicated under another name without their trials, and moved to a bin', async () => {
    const library = emptyLibrary()
    const study = await createTiny(library)
    await study.close()
    const copy = await library.duplicate('tiny-1', 'again')
    expect(copy.summary()).toMatchObject({ id: 'again-1', state: { kind: 'new' }, labels: { title: '' } })
    expect({ ...copy.definition, name: 'tiny' }).toEqual(study.definition)
    await copy.close()
    await expect(library.duplicate('tiny-1', 'not a name/')).rejects.toMatchObject({ code: 'definition-invalid' })
    const bin = join(temporaryFolder(), 'moved')
    await library.remove('again-1', (folder) => {
      renameSync(folder, bin)
    })
    expect((await listed(library)).map(({ id }) => id)).toEqual(['tiny-1'])
    expect(existsSync(studyPaths(bin).database)).toBe(true)
  })

  it('say what they keep on the disk', async () => {
    const library = emptyLibrary()
    const study = await createTiny(library)
    await study.close()
    const { parts } = library.disk('tiny-1')
    const sum = parts.reduce((total, { bytes }) => total + bytes, 0)
    expect(parts[0]?.kind).toBe('database')
    expect((await library.summary('tiny-1')).diskBytes).toBe(sum)
  })
})
