/**
 * Attacks studies, and says what was lost: `npm run build && npm run bench -- attack [--kills 500] [--databases 200]
 * [--logs 120] [--networks 50] [--seed 1] [--minutes 120]
 * [--no-window] [--verbose]`. Kills of every kind of process at random moments, each followed by
 * a resume; after each `spiketune check` must pass, and every trial that was stored or told before must be there with the
 * same values. Then databases, logs and networks that are damaged at random, of which none may show other values without a
 * word. Ends with 1 when anything was lost. Linux only; without a display it needs Xvfb. Run in the project's folder.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { createGenerator } from '../src-core/random/generator.ts'
import { damageDatabases, damageLogs, damageNetworks } from './attack/damageRuns.ts'
import { type Attack, killTerminals, killWorkers } from './attack/terminalKills.ts'
import { placeIn } from './attack/victim.ts'
import { killWindows } from './attack/windowKills.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    databases: { type: 'string', default: '200' },
    logs: { type: 'string', default: '120' },
    networks: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '120' },
    verbose: { type: 'boolean', default: false },
    'no-window': { type: 'boolean', default: false },
  },
})
const kills = Number(values.kills)
const seed = Number(values.seed)

/** How kills are shared out, of a hundred. */
const shares = {
  'command line': 24,
  'command line, SCBO': 10,
  worker: 24,
  'worker of the window': 16,
  inspector: 10,
  page: 8,
  'main process of the window': 8,
} as const
const wanted = (kind: keyof typeof shares): number =>
  Math.max(kills > 0 ? 1 : 0, Math.round((kills * shares[kind]) / 100))

const folder = mkdtempSync(join(tmpdir(), 'spiketune-attack-'))
const place = placeIn(folder)
const counts = new Map<string, { kills: number; lost: number }>()
const trials = new Map<string, number>()
const begun = performance.now()
let checks = 0

const attack: Attack = {
  place,
  generator: createGenerator(seed),
  over: () => performance.now() - begun > Number(values.minutes) * 60_000,
  killed(kind, victim, problem) {
    const count = counts.get(kind) ?? { kills: 0, lost: 0 }
    counts.set(kind, { kills: count.kills + 1, lost: count.lost + (problem === null ? 0 : 1) })
    trials.set(victim.id, victim.trials)
    if (values.verbose) console.log(`${kind}, ${victim.id}: ${victim.trials} trials`)
    if (problem !== null) console.log(`LOST after a kill of the ${kind}, study ${victim.id}: ${problem}`)
  },
  async checked(victim) {
    const problem = await victim.checkProblem()
    if (problem === null) checks++
    else this.killed('last check', victim, problem)
  },
}

let silent = 0
try {
  const terminals = async (): Promise<void> => {
    await killTerminals(attack, 'command line', wanted('command line'), { type: 'random' })
    await killTerminals(attack, 'command line, SCBO', wanted('command line, SCBO'), { type: 'scbo', initial: 4 })
    await killWorkers(attack, 'worker', wanted('worker'))
  }
  const windows = async (): Promise<void> => {
    if (values['no-window'] || kills === 0) return
    await killWindows(attack, {
      'worker of the window': wanted('worker of the window'),
      inspector: wanted('inspector'),
      page: wanted('page'),
      'main process of the window': wanted('main process of the window'),
    })
  }
  // Side by side: most of the time they wait for a random moment.
  await Promise.all([terminals(), windows()])
  const seconds = Math.round((performance.now() - begun) / 1000)
  console.log('\nkilled                          kills   lost')
  for (const [kind, count] of counts) {
    console.log(`${kind.padEnd(30)} ${String(count.kills).padStart(6)} ${String(count.lost).padStart(6)}`)
  }
  const all = [...counts.values()].reduce((sum, count) => sum + count.kills, 0)
  const stored = [...trials.values()].reduce((sum, count) => sum + count, 0)
  console.log(
    `${all} kills in ${seconds} s; ${stored} finished trials of ${trials.size} studies compared, ${checks} passed \`spiketune check\` at their end`,
  )

  const runs = [
    damageDatabases(folder, Number(values.databases), createGenerator(seed)),
    damageLogs(folder, Number(values.logs), createGenerator(seed)),
    await damageNetworks(folder, Number(values.networks), createGenerator(seed)),
  ]
  console.log('\ndamaged      harmless  noticed  refused  silent')
  for (const { what, counts: found } of runs) {
    silent += found.silent
    const figures = [found.harmless, found.noticed, found.refused, found.silent]
    console.log(`${what.padEnd(10)} ${figures.map((count) => String(count).padStart(9)).join('')}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const lost = [...counts.values()].reduce((sum, count) => sum + count.lost, 0)
process.exitCode = lost + silent > 0 ? 1 : 0
