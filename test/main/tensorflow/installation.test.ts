import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { bindingVersion } from '../../../src-main/tensorflow/installation.ts'

const project = new URL('../../../', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, project), 'utf8')

const name = '@tensorflow/tfjs-node-gpu'
const peers = z.object({
  peerDependencies: z.object({ [name]: z.string() }),
  peerDependenciesMeta: z.object({ [name]: z.object({ optional: z.literal(true) }) }),
})

describe('the binding of TensorFlow', () => {
  it('is named by package.json and the lock file, as a peer that nobody downloads unasked, in the version that is set up', () => {
    const lock = z.object({ packages: z.record(z.string(), z.unknown()) }).parse(JSON.parse(read('package-lock.json')))
    const declared = [peers.parse(JSON.parse(read('package.json'))), peers.parse(lock.packages[''])]
    expect(declared.map(({ peerDependencies }) => peerDependencies[name])).toEqual([bindingVersion, bindingVersion])
    expect(Object.keys(lock.packages)).not.toContain(`node_modules/${name}`)
  })

  it('is named with its version by README', () => {
    expect(read('README.md')).toContain(`\`${name}\` ${bindingVersion}`)
  })
})
