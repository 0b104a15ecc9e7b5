#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type AnsweredMessage, answeredMessageSchema, type AskedMessage } from '../src-core/contracts/channel.ts'
import { launchBackground } from './background/launchBackground.ts'
import { openWindow } from './cli/openWindow.ts'
import { runProgram } from './cli/program.ts'
import { createTerminal } from './cli/terminal.ts'
import { StudyDevices } from './devices/studyDevices.ts'
import { createDiagnosisThreads } from './diagnosis/diagnosisThread.ts'
import { createExperimentSources } from './experiments/experimentSources.ts'
import { cacheFolder, libraryFolder } from './library/libraryFolder.ts'
import { createStudyLibrary } from './library/studyLibrary.ts'
import { systemClock } from './scheduler/clock.ts'
import { createOptimiserThreadHost } from './scheduler/optimiserThread.ts'
import { createDefinitionSources } from './studies/definitionSources.ts'
import { createChildProcessHost, createProcessHost } from './workers/childProcessHost.ts'

const files = {
  worker: new URL('./worker.js', import.meta.url),
  optimiser: new URL('./optimiser.js', import.meta.url),
  inspector: new URL('./inspector.js', import.meta.url),
  diagnosis: new URL('./diagnosis.js', import.meta.url),
  kernel: new URL('../kernels/stdp.wasm', import.meta.url),
  package: new URL('../../package.json', import.meta.url),
  /** In a clone. */
  start: new URL('../../resources/scripts/start.mjs', import.meta.url),
  presets: new URL('../../resources/presets/', import.meta.url),
  experiments: new URL('../../resources/experiments/', import.meta.url),
}
const devices = new StudyDevices(process.env)
const { env: environment, stdin, stdout, stderr } = process
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(files.package, 'utf8')))

const workerHost = createChildProcessHost(files.worker)

const definitions = createDefinitionSources(files.presets)

process.exitCode = await runProgram(process.argv.slice(2), {
  version,
  environment,
  terminal: createTerminal({ stdin, stdout, stderr, environment }),
  definitions,
  experiments: createExperimentSources(files.experiments, definitions),
  kernel: files.kernel,
  inspectorHost: createProcessHost<AskedMessage, AnsweredMessage>(files.inspector, answeredMessageSchema),
  devices,
  workerHost,
  launchBackground: (launch) => launchBackground(new URL(import.meta.url), launch),
  openWindow: (words) => openWindow(files.start, words),
  diagnose: createDiagnosisThreads(files.diagnosis),
  openLibrary: (folder) =>
    createStudyLibrary({
      folder: libraryFolder(folder, environment),
      workerHost,
      devices,
      optimiserHost: createOptimiserThreadHost(files.optimiser),
      clock: systemClock,
      applicationVersion: version,
      cacheFolder: cacheFolder(environment),
    }),
})
