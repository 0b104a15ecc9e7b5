import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createChildProcessHost } from '../../../src-main/workers/childProcessHost.ts'
import { temporaryFolder } from '../../support/temporaryFolder.ts'
import { openDisplay } from '../../window/support/display.ts'
import { type ContractSetup, evaluateOnce, hostContract } from './hostContract.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const worker = new URL('../../../out/main/worker.js', import.meta.url)
const childProcesses: ContractSetup = { worker, createHost: createChildProcessHost }

const reportSchema = z.strictObject({
  failures: z.record(z.string(), z.string().nullable()),
  evaluation: z.unknown(),
})

/** Builds electronHostMain.ts, and runs it in the installed Electron. */
const runInElectron = async (): Promise<z.infer<typeof reportSchema>> => {
  const outDir = join(root, 'out', 'test')
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: join(root, 'test', 'main', 'workers', 'electronHostMain.ts'),
      target: 'node20',
      outDir,
      emptyOutDir: false,
      rollupOptions: { external: ['electron'], output: { format: 'es', entryFileNames: 'electronHostMain.mjs' } },
    },
  })
  const display = await openDisplay()
  try {
    const electron = join(root, 'node_modules', 'electron', 'dist', 'electron')
    const arguments_ = [join(outDir, 'electronHostMain.mjs'), `--user-data-dir=${temporaryFolder()}`]
    const child = spawn(electron, [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...arguments_], {
      env: { ...process.env, DISPLAY: display.name, SPIKETUNE_TEST_WORKER: fileURLToPath(worker) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    await new Promise((resolve) => child.on('close', resolve))
    const line = stdout.split('\n').find((candidate) => candidate.startsWith('{'))
    if (line === undefined) throw new Error(`Electron reported nothing:\n${stdout}\n${stderr}`)
    return reportSchema.parse(JSON.parse(line))
  } finally {
    display.close()
  }
}

describe('child processes of Node', () => {
  it.each(hostContract.map(({ name, run }) => ({ name, run })))('$name', async ({ run }) => {
    await run(childProcesses)
  })
})

describe('utility processes of Electron', () => {
  it('keep the same contract, and one seed gives one result, whichever host', async () => {
    const { failures, evaluation } = await runInElectron()
    expect(failures).toEqual(Object.fromEntries(hostContract.map(({ name }) => [name, null])))
    const inNode = await evaluateOnce(childProcesses)
    expect(evaluation).toEqual(JSON.parse(JSON.stringify(inNode)))
    expect(inNode).toMatchObject({ samplesTrained: 600, confusion: expect.any(Array) as unknown[] })
  })
})
