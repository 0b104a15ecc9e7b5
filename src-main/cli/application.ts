import type { BackgroundLaunch } from '../../src-core/contracts/background.ts'
import type { StudyDevices } from '../devices/studyDevices.ts'
import type { Diagnose } from '../diagnosis/diagnosisThread.ts'
import type { ExperimentSources } from '../experiments/experimentSources.ts'
import type { InspectorHost } from '../inspection/inspectorProcess.ts'
import type { StudyLibrary } from '../studies/studyService.ts'
import type { DefinitionSources } from '../studies/definitionSources.ts'
import type { WorkerHost } from '../workers/workerHost.ts'
import { programName, windowCommand } from '../files/programName.ts'
import { shellQuote } from './text/format.ts'
import type { Terminal } from './terminal.ts'

/** What the commands work with; composed in cli.ts. */
export interface Application {
  readonly version: string
  readonly terminal: Terminal
  readonly definitions: DefinitionSources
  readonly experiments: ExperimentSources
  /** The compiled kernel of the engine. */
  readonly kernel: URL
  /** What its studies train on. */
  readonly devices: StudyDevices
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The library in this folder; null: the one that $SPIKETUNE_LIBRARY names, else the user's own. */
  openLibrary(folder: string | null): StudyLibrary
  readonly diagnose: Diagnose
  /** Starts the process that reads datasets. */
  readonly inspectorHost: InspectorHost
  /** Starts a process that runs a study in the background; resolves with its number when the study runs. */
  readonly launchBackground: (launch: BackgroundLaunch) => Promise<number>
  /** Starts a worker that is no study's. */
  readonly workerHost: WorkerHost
  /** Starts the window with these arguments; resolves with its exit code when it has ended. */
  openWindow(words: readonly string[]): Promise<number>
}

/** Options that every command takes. */
export interface GlobalOptions {
  readonly library?: string
  readonly json?: boolean
  readonly verbose?: boolean
}

/** How commands are to be typed that the output suggests. */
interface Suggestions {
  /** `spiketune` with arguments, and the library where it is not the usual one. */
  command(...words: readonly string[]): string
  /** Opens the study in the window. */
  window(study: { readonly id: string; readonly folder: string }): string
}

export const createSuggestions = ({ library }: GlobalOptions): Suggestions => {
  const rest = library === undefined ? [] : ['--library', library]
  return {
    command: (...words) => [programName, ...[...words, ...rest].map(shellQuote)].join(' '),
    window: ({ id, folder }) => `${windowCommand} ${shellQuote(library === undefined ? id : folder)}`,
  }
}
