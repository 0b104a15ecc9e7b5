/** The curves of all runs, kept so that one optimiser can be measured anew and plotted beside the others. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { optimisers } from './optimisers.ts'
import type { RunRecord } from './run.ts'
import { writeJson } from './text.ts'

const runSchema = z.object({
  seed: z.number(),
  best: z.array(z.number().nullable()),
  feasible: z.array(z.boolean()),
  endedAtMs: z.array(z.number()),
  idleShare: z.number(),
  askMs: z.array(z.number()),
})

/** Files of measurements; not part of the project. */
export const measurementsFolder = join('out', 'bench', 'scbo')

const fileOf = (measurement: string, subject: string, optimiser: string): string =>
  join(measurementsFolder, measurement, subject, `${optimiser}.json`)

export const writeRuns = (measurement: string, subject: string, optimiser: string, runs: readonly RunRecord[]): void =>
  writeJson(fileOf(measurement, subject, optimiser), runs)

export interface MeasuredRuns {
  readonly optimiser: string
  /** Place in the palette of plots. */
  readonly colour: number
  readonly runs: readonly RunRecord[]
}

/** The kept runs of every optimiser of these names that was measured, in their order. */
export const readRuns = (
  measurement: string,
  subject: string,
  names: readonly string[] = Object.keys(optimisers),
): MeasuredRuns[] =>
  names.flatMap((optimiser, colour) => {
    const file = fileOf(measurement, subject, optimiser)
    if (!existsSync(file)) return []
    const runs = z.array(runSchema).safeParse(JSON.parse(readFileSync(file, 'utf8')))
    if (runs.success) return [{ optimiser, colour, runs: runs.data }]
    console.error(`${file} is not of this version, and left out: measure ${optimiser} again`)
    return []
  })
