/**
 * What the window costs with many trials, in the real window: `npm run build && npm run bench -- window [--trials 868,10000]
 * [--updates 60] [--layouts Overview,"Search space"] [--library folder]`. Studies of that many trials that nobody trained are made
 * first, and kept where a library is named; layouts by their titles. Reported are the time from the click on a study until it is drawn and quiet, and
 * the script, layout and task time of each live update, by layout of the watch page. Linux without a display needs Xvfb.
 * Run in the project's folder.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { toTrialRow } from '../src-core/progress/trialRow.ts'
import { liveChanges } from './window/liveChanges.ts'
import { measureOpening, measureUpdates } from './window/measure.ts'
import { launchWindow } from './window/launch.ts'
import { syntheticDefinition, syntheticTrials, writeSyntheticStudy } from './window/syntheticStudy.ts'

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '868,10000,100000' },
    updates: { type: 'string', default: '60' },
    layouts: { type: 'string', default: '' },
    library: { type: 'string' },
  },
})
const counts = values.trials.split(',').map(Number)
const updates = Number(values.updates)
const chosen = values.layouts === '' ? null : values.layouts.split(',')
const folder = values.library === undefined ? mkdtempSync(join(tmpdir(), 'spiketune-bench-')) : resolve(values.library)
mkdirSync(folder, { recursive: true })

for (const trials of counts) {
  if (existsSync(join(folder, `synthetic-${trials}-1`))) continue
  const begun = performance.now()
  // Learning curves of the published interval; of a very large study ten times coarser, which the window does not see.
  const options = { trials, interval: trials > 20_000 ? 12_000 : 1200 }
  await writeSyntheticStudy(folder, options)
  console.log(`${trials} trials written in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
}

const few = { trials: 100, interval: 1200 }
const complete = syntheticTrials(syntheticDefinition(few), few).find(({ state }) => state === 'complete')
if (complete === undefined) throw new Error('of a hundred trials some are complete')
const example = toTrialRow(complete)

const milliseconds = (value: number): string => value.toFixed(value < 10 ? 1 : 0).padStart(6)
const window = await launchWindow(folder)
try {
  for (const trials of counts) {
    const id = `synthetic-${trials}-1`
    const opening = await measureOpening(window, id)
    console.log(
      `\n${trials} trials\n  opened: shown after ${milliseconds(opening.shownMs)} ms, drawn and quiet after ` +
        `${milliseconds(opening.quietMs)} ms; of that the call ${milliseconds(opening.callMs)} ms; ` +
        `longest task of the page ${milliseconds(opening.longestTaskMs)} ms`,
    )
    console.log('  live update, ms            script            layout              task')
    console.log('                         median     max    median     max    median     max')
    for (const { layout, script, layoutTime, task } of await measureUpdates(window, id, {
      layouts: chosen,
      updates,
      changes: liveChanges(trials, example),
    })) {
      const figures = [script, layoutTime, task].map(
        ({ median, max }) => `${milliseconds(median)}  ${milliseconds(max)}`,
      )
      console.log(`  ${layout.padEnd(20)}  ${figures.join('    ')}`)
    }
  }
} finally {
  await window.close()
  if (values.library === undefined) rmSync(folder, { recursive: true, force: true })
}
