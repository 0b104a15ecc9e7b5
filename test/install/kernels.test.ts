import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildKernels, kernelArguments } from '../../resources/scripts/common/kernels.mjs'
import { projectRoot } from '../../resources/scripts/common/projectRoot.mjs'

let root: string
let source: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spiketune-kernels-'))
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
  mkdirSync(join(root, 'src-worker/kernels/leak/assembly'), { recursive: true })
  source = join(root, 'src-worker/kernels/leak/assembly/index.ts')
  writeFileSync(source, 'export function leak(v: f32, decay: f32): f32 { return v * decay }')
})
afterEach(() => rmSync(root, { recursive: true }))

const leak = async (v: number, decay: number): Promise<unknown> => {
  const { instance } = await WebAssembly.instantiate(readFileSync(join(root, 'out/kernels/leak.wasm')))
  const run = instance.exports.leak
  if (typeof run !== 'function') throw new Error('the kernel exports no function leak')
  return run(v, decay)
}

describe('buildKernels', () => {
  it('compiles what changed, and only that', async () => {
    expect(await buildKernels(root)).toEqual({ built: ['leak'], upToDate: [] })
    expect(await leak(4, 0.5)).toBe(2)
    expect(await buildKernels(root)).toEqual({ built: [], upToDate: ['leak'] })
    writeFileSync(source, 'export function leak(v: f32, decay: f32): f32 { return v - v * decay + 1 }')
    expect(await buildKernels(root)).toEqual({ built: ['leak'], upToDate: [] })
    expect(await leak(4, 0.5)).toBe(3)
  })

  it('gives the compiler’s message when a kernel does not compile, and keeps no half-made file', async () => {
    writeFileSync(source, 'export function leak(v: f32): f32 { return "no number" }')
    await expect(buildKernels(root)).rejects.toThrow(/kernel leak does not compile:[^]*not assignable/)
    expect(readdirSync(join(root, 'out/kernels'))).toEqual([])
  })

  it('finds nothing to do where there are no kernels', async () => {
    rmSync(join(root, 'src-worker'), { recursive: true })
    expect(await buildKernels(root)).toEqual({ built: [], upToDate: [] })
  })
})

describe('kernelArguments', () => {
  it('leaves the choice of a runtime to the kernel’s own configuration', () => {
    expect(kernelArguments('k.wasm', false).join(' ')).toContain('--enable simd --enable bulk-memory --runtime stub')
    const configured = kernelArguments('k.wasm', true)
    expect(configured).toContain('asconfig.json')
    expect(configured).not.toContain('--runtime')
  })
})
