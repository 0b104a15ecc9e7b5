import type * as FileSystem from 'node:fs/promises'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { evaluateTrial } from '../../../src-worker/training/evaluateTrial.ts'
import { writeNetworkFile } from '../../../src-worker/networkFile/writeNetworkFile.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import {
  definitionOf,
  environmentOf,
  goodPoint,
  measurementOf,
  reproducible,
  requestOf,
} from '../training/trialRequests.ts'

type Call = 'open' | 'rename'

/** What the system answers to a call: a disk that fails cannot be had otherwise. */
const system = vi.hoisted(() => ({ fails: null as { readonly call: Call; readonly code: string } | null }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof FileSystem>()
  const refused = (call: Call): Promise<never> | null => {
    if (system.fails?.call !== call) return null
    const { code } = system.fails
    return Promise.reject(Object.assign(new Error(`${code}: ${call}`), { code, syscall: call }))
  }
  return {
    ...real,
    open: (...given: Parameters<typeof real.open>) => refused('open') ?? real.open(...given),
    rename: (...given: Parameters<typeof real.rename>) => refused('rename') ?? real.rename(...given),
  }
})
afterEach(() => {
  system.fails = null
})

const answers: readonly (readonly [code: string, error: string, words: string])[] = [
  ['EACCES', 'folder-not-writable', 'this user may not write to its folder'],
  ['EPERM', 'folder-not-writable', 'this user may not write to its folder'],
  ['EROFS', 'folder-not-writable', 'its disk may only be read'],
  ['EMFILE', 'folder-not-writable', 'too many files are open'],
  ['ENFILE', 'folder-not-writable', 'too many files are open'],
  ['EIO', 'folder-not-writable', 'its disk fails'],
  ['ESTALE', 'folder-not-writable', 'its disk is gone'],
  ['ENOTDIR', 'folder-not-writable', 'its folder is not there any more'],
  ['ENOSPC', 'disk-full', 'the disk is full'],
  ['EDQUOT', 'disk-full', 'the quota of this user is used up'],
  ['EUNKNOWN', 'folder-not-writable', 'EUNKNOWN'],
]

describe('a network that the system does not let be written', () => {
  it.each(answers)('says %s in words, and leaves nothing half written', async (code, error, words) => {
    const folder = temporaryFolder()
    const path = join(folder, 'trial-000001.safetensors')
    for (const call of ['open', 'rename'] as const) {
      system.fails = { call, code }
      await expect(writeNetworkFile(path, { tensors: {}, metadata: {} })).rejects.toMatchObject({
        code: error,
        message: `The network could not be written to ${path}: ${words}.`,
      })
    }
    expect(readdirSync(folder)).toEqual([])
  })

  it('is told beside the results of its trial, which stay what they are, whatever the reason', async () => {
    const path = join(temporaryFolder(), 'trial-000001.safetensors')
    const evaluated = (networkPath: string | null) =>
      evaluateTrial(requestOf(definitionOf(), goodPoint, { networkPath }), environmentOf())
    const expected = reproducible(measurementOf(await evaluated(null), 'complete'))
    for (const [code, , words] of answers) {
      system.fails = { call: 'open', code }
      const { networkProblem, ...measured } = measurementOf(await evaluated(path), 'complete')
      expect(networkProblem).toBe(`The network could not be written to ${path}: ${words}.`)
      expect(reproducible(measured)).toEqual(expected)
    }
  })
})
