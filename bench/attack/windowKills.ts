/** Kills of the window's processes: its main process, and while that goes on, its workers, inspectors and pages. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { _electron, type ElectronApplication } from 'playwright-core'
import { z } from 'zod'
import { openDisplay } from '../../test/window/support/display.ts'
import type { Attack } from './terminalKills.ts'
import { Victim, kill, start } from './victim.ts'

export const windowKinds = ['worker of the window', 'inspector', 'page', 'main process of the window'] as const
export type WindowKind = (typeof windowKinds)[number]

interface Metric {
  readonly pid: number
  readonly type: string
  readonly name: string
}

/** @param kills so many of each */
export const killWindows = async (attack: Attack, kills: Readonly<Record<WindowKind, number>>): Promise<void> => {
  const { place, generator } = attack
  const display = await openDisplay()
  const left = { ...kills }
  const wanted = (): WindowKind[] => (attack.over() ? [] : windowKinds.filter((kind) => left[kind] > 0))
  try {
    for (let round = 0; wanted().length > 0; round++) {
      const victim = new Victim(place, `window-${round}`)
      const begun = start(place, 'run', victim.definition, '--json')
      await begun.untilTold(4)
      kill(begun.child.pid ?? 0)
      await begun.ended
      const user = mkdtempSync(join(place.folder, 'user-'))
      // Several lives of the window for each study, each ended by a kill of its main process.
      for (let life = 0; life < 5 && wanted().length > 0; life++) {
        const app = await launch(attack, user, display.name, victim.id)
        const main = app.process()
        const ended = new Promise((resolve) => main.once('exit', resolve))
        const others = wanted().filter((kind) => kind !== 'main process of the window')
        const rounds = left['main process of the window'] > 0 ? others : [...others, ...others]
        for (const kind of rounds) {
          if (left[kind] <= 0) continue
          await delay(generator.below(600))
          if (!(await killOne(app, kind, victim, attack))) continue
          left[kind]--
          attack.killed(kind, victim, await victim.problem())
        }
        await delay(generator.below(600))
        kill(main.pid ?? 0)
        await ended
        const problem = await victim.problem()
        if (left['main process of the window']-- > 0 || problem !== null) {
          attack.killed('main process of the window', victim, problem)
        }
      }
      await attack.checked(victim)
      rmSync(user, { recursive: true, force: true })
    }
  } finally {
    display.close()
  }
}

const launch = async (attack: Attack, user: string, display: string, study: string): Promise<ElectronApplication> => {
  mkdirSync(user, { recursive: true })
  writeFileSync(join(user, 'settings.json'), JSON.stringify({ preferences: { 'tour.seen': true } }))
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const environment = { ...attack.place.environment, DISPLAY: display }
  const app = await _electron.launch({
    args: [...root, `--user-data-dir=${user}`, resolve('.'), study],
    env: Object.fromEntries(
      Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  })
  const page = await app.firstWindow()
  await page.locator('main h1').waitFor()
  // Nobody is there to press a button: that the page is gone is told in a dialog.
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
  })
  while (!answeredSchema.safeParse(await ask(app, 'resumeStudy', { id: study })).success) await delay(100)
  return app
}

const answeredSchema = z.object({ ok: z.literal(true) })

/** Asks the main process as the page does, whichever page there is; answers null where there is none that could ask. */
const ask = (app: ElectronApplication, name: string, request: unknown): Promise<unknown> =>
  app
    .evaluate(
      ({ webContents }, script) => {
        const page = webContents.getAllWebContents().find((contents) => !contents.isCrashed() && !contents.isLoading())
        return page === undefined ? null : (page.executeJavaScript(script) as Promise<unknown>)
      },
      `window.spiketune.call(${JSON.stringify(name)}, ${JSON.stringify(request)})`,
    )
    .catch(() => null)

const metricsOf = (app: ElectronApplication): Promise<Metric[]> =>
  app
    .evaluate(({ app: application }) =>
      application.getAppMetrics().map(({ pid, type, name = '' }) => ({ pid, type, name })),
    )
    // The driver loses an answer now and then; the next look has another one.
    .catch(() => [])

const matches: Readonly<Record<WindowKind, (metric: Metric) => boolean>> = {
  'worker of the window': ({ type, name }) => type === 'Utility' && /^Spiketune (cpu|gpu)/.test(name),
  inspector: ({ type, name }) => type === 'Utility' && name.startsWith('Spiketune inspection'),
  page: ({ type }) => type === 'Tab',
  'main process of the window': ({ type }) => type === 'Browser',
}

/** @returns whether there was one to kill */
const killOne = async (
  app: ElectronApplication,
  kind: WindowKind,
  victim: Victim,
  attack: Attack,
): Promise<boolean> => {
  if (kind === 'inspector') {
    const kept = victim.finished().filter((trial) => 'measurement' in trial && trial.measurement.networkFile !== null)
    const trial = kept[attack.generator.below(kept.length)]
    if (trial === undefined) return false
    const request = {
      id: victim.id,
      number: trial.number,
      inspection: 1 + attack.generator.below(1000),
      retrain: false,
    }
    void ask(app, 'openInspection', request)
    await delay(50 + attack.generator.below(400))
  }
  const found = (await metricsOf(app)).filter(matches[kind])
  const chosen = found[attack.generator.below(found.length)]
  if (chosen === undefined || !kill(chosen.pid)) return false
  // The main process notices, and makes a new one where one is needed.
  await delay(100)
  return true
}
