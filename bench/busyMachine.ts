/**
 * What a study of the window has of a machine that others use too, beside the same study in the terminal: `npm run build && npm run
 * bench -- busyMachine [--trials 16] [--rounds 3] [--busy 2]`. Terminal and window run it in turns, both in view of a person, while
 * `busy` programs, each in a session of its own as if started from terminals of their own, keep the processor. Reported is the
 * time from the start of the study until its last trial, by its own clock. Linux; without a display it needs Xvfb. Run in the
 * project's folder.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { stringify } from 'yaml'
import { z } from 'zod'
import type { WindowBridge } from '../src-core/contracts/window.ts'
import { launchWindow } from './window/launch.ts'

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '3' },
    busy: { type: 'string', default: '2' },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'spiketune-bench-'))
const library = join(folder, 'library')
const environment = { ...process.env, HOME: folder, SPIKETUNE_LIBRARY: library }

/** No trial is silent, and all of a kind: the two do the same work. */
const definition = (name: string) =>
  stringify({
    version: 2,
    name,
    dataset: { name: 'mnist', trainSamples: 2000, testSamples: 400 },
    network: { type: 'diehl-cook' },
    training: { algorithm: 'post-pre', updateInterval: 400 },
    space: { mapSize: { type: 'integer', low: 100, high: 200 } },
    fixed: { strengthExcitatory: 200, weightNorm: 120, strengthInhibitory: 300, thresholdExcitatoryMv: -60 },
    silence: { interval: 400, layers: [{ layer: 'excitatory', alpha: 1, beta: 1 }] },
    optimiser: { type: 'sobol' },
    budget: { trials: Number(values.trials) },
    workers: 2,
  })

const summarySchema = z.object({ id: z.string(), state: z.object({ kind: z.string() }), elapsedMs: z.number() })

const window = await launchWindow(library)
const { page } = window

const found = async (id: string): Promise<z.infer<typeof summarySchema> | undefined> => {
  const summaries = await page.evaluate(async () => {
    const { spiketune } = globalThis as unknown as { spiketune: WindowBridge }
    const answer = await spiketune.call('listStudies', null)
    return answer.ok ? answer.value : []
  })
  return z
    .array(summarySchema)
    .parse(summaries)
    .find((study) => study.id === id)
}

/** Resolves to how long it took when the study has ended. */
const ended = async (id: string): Promise<number> => {
  for (;;) {
    const study = await found(id)
    if (study?.state.kind === 'finished') return study.elapsedMs
    await delay(500)
  }
}

const inTerminal = (name: string): Promise<number> => {
  const file = join(folder, `${name}.yaml`)
  writeFileSync(file, definition(name))
  const run = spawn(process.execPath, [resolve('out/main/cli.js'), 'run', file], { env: environment, stdio: 'ignore' })
  return new Promise((told, failed) => {
    run.on('exit', (code) => {
      if (code === 0) told(ended(`${name}-1`))
      else failed(new Error(`spiketune run ended with ${String(code)}`))
    })
  })
}

const inWindow = async (name: string): Promise<number> => {
  await page.evaluate(async (yaml) => {
    const { spiketune } = globalThis as unknown as { spiketune: WindowBridge }
    const answer = await spiketune.call('createStudy', { yaml, origin: null, start: true })
    if (!answer.ok) throw new Error(answer.error.message)
  }, definition(name))
  await page
    .getByRole('button', { name: new RegExp(`^${name}-1\\b`) })
    .first()
    .click()
  return ended(`${name}-1`)
}

const autogroups = '/proc/sys/kernel/sched_autogroup_enabled'
const shared = existsSync(autogroups) && readFileSync(autogroups, 'utf8').trim() === '1'
console.log(
  `sessions share the processor out (autogroup): ${shared ? 'yes' : 'no'}; load ${loadavg()[0]?.toFixed(1) ?? ''} before`,
)
const spinning = Array.from({ length: Number(values.busy) }, () =>
  spawn(process.execPath, ['-e', 'for (;;);'], { detached: true, stdio: 'ignore' }),
)
try {
  const ratios: number[] = []
  for (let round = 1; round <= Number(values.rounds); round++) {
    const terminalMs = await inTerminal(`terminal-${round}`)
    const windowMs = await inWindow(`window-${round}`)
    ratios.push(windowMs / terminalMs)
    console.log(
      `round ${round}: terminal ${(terminalMs / 1000).toFixed(1)} s, window ${(windowMs / 1000).toFixed(1)} s, ` +
        `${(windowMs / terminalMs).toFixed(2)} times as long`,
    )
  }
  ratios.sort((a, b) => a - b)
  console.log(`median: ${(ratios[Math.floor(ratios.length / 2)] ?? NaN).toFixed(2)} times as long in the window`)
} finally {
  for (const { pid } of spinning) if (pid !== undefined) process.kill(pid, 'SIGKILL')
  await window.close()
  rmSync(folder, { recursive: true, force: true })
}
