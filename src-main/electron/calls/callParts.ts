import type { z } from 'zod'
import type { BrowserWindow } from 'electron'
import type { RequestedFile, Settings, Theme } from '../../../src-core/contracts/window.ts'
import type { StudyDevices } from '../../devices/studyDevices.ts'
import type { DatasetPreviews } from '../../inspection/datasetPreviews.ts'
import type { Inspections } from '../../inspection/inspections.ts'
import type { DefinitionSources } from '../../studies/definitionSources.ts'
import type { Diagnose } from '../../diagnosis/diagnosisThread.ts'
import type { StudyAnalyses } from '../../diagnosis/studyAnalyses.ts'
import type { Libraries } from '../libraries.ts'
import type { NamedPlaces } from '../namedPlaces.ts'
import type { OpenStudies } from '../openStudies.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import type { StudyStarts } from '../studyStarts.ts'
import type { WorkerHost } from '../../workers/workerHost.ts'
import type { SettingsStore } from '../settings.ts'
import type { WindowExperiments } from '../windowExperiments.ts'
import type { WrittenDefinitions } from '../writtenDefinitions.ts'

/** What answering the window needs of the application. */
export interface CallParts {
  readonly window: BrowserWindow
  readonly studies: OpenStudies
  /** Starts studies here, and their hooks. */
  readonly starts: StudyStarts
  /** Lets a process in the background go on with a study. */
  leave(study: OpenStudy): Promise<void>
  readonly settings: SettingsStore
  readonly libraries: Libraries
  /** Models of studies, and replays of their stopping rule, in threads of their own. */
  readonly analyses: StudyAnalyses
  /** Models a study that is not open, in a thread of its own. */
  readonly diagnose: Diagnose
  readonly definitions: DefinitionSources
  readonly experiments: WindowExperiments
  readonly places: NamedPlaces
  /** Files that were written for the page: to be shown, and opened again. */
  readonly saved: NamedPlaces
  readonly written: WrittenDefinitions
  /** For work beside the studies' own: measurements, inspections. */
  readonly workerHost: WorkerHost
  readonly devices: StudyDevices
  /** The compiled kernel of the engine. */
  readonly kernel: URL
  readonly inspections: Inspections
  readonly previews: DatasetPreviews
  /** The study that a page shows first: a page that is loaded again goes on with the one in view. */
  initialStudy(): string | null
  /** The file that a start of the application named, once. */
  takeFile(): RequestedFile | null
  /** The page has shown the changes that it was told of last. */
  changesShown(): void
  applyTheme(theme: Theme): Settings
  settingsChanged(settings: Settings): void
}

interface Call {
  readonly request: z.ZodType
  readonly response: z.ZodType
}

/** A handler for each call of one area of the window contract. */
export type Handlers<Calls extends Readonly<Record<string, Call>>> = {
  readonly [Name in keyof Calls]: (
    request: z.infer<Calls[Name]['request']>,
  ) => Promise<z.infer<Calls[Name]['response']>> | z.infer<Calls[Name]['response']>
}
