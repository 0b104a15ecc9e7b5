/**
 * The contract between the window and the main process, area by area in the folder `window`. Channel names derive from
 * it, the main process decodes every request by its schema, and the renderer decodes every answer and event.
 */
import { z } from 'zod'
import { studyChangeSchema } from '../progress/readModel.ts'
import { nothing, studyId, type WireError } from './window/common.ts'
import { compareCalls } from './window/compareCalls.ts'
import { controlCalls, controlEvents } from './window/controlCalls.ts'
import { curveCalls } from './window/curveCalls.ts'
import { decideCalls, decideEvents } from './window/decideCalls.ts'
import { diagnosisCalls, diagnosisEvents } from './window/diagnosisCalls.ts'
import { experimentCalls, experimentEvents } from './window/experimentCalls.ts'
import { fileCalls } from './window/fileCalls.ts'
import { importCalls, importEvents } from './window/importCalls.ts'
import { inspectionCalls, inspectionEvents } from './window/inspectionCalls.ts'
import { libraryCalls } from './window/libraryCalls.ts'
import { manageCalls } from './window/manageCalls.ts'
import { setupCalls } from './window/setupCalls.ts'
import { settingsCalls, settingsSchema } from './window/settingsCalls.ts'
import { trialCalls } from './window/trialCalls.ts'

export { wireErrorSchema } from './window/common.ts'
export type { WireError } from './window/common.ts'
export type { PresetInfo } from './window/libraryCalls.ts'
export type { RequestedFile } from './window/setupCalls.ts'
export type { Settings, Theme } from './window/settingsCalls.ts'

/** Calls go down: the renderer asks, the main process answers. */
export const windowCalls = {
  ...libraryCalls,
  ...manageCalls,
  ...importCalls,
  ...experimentCalls,
  ...setupCalls,
  ...controlCalls,
  ...trialCalls,
  ...curveCalls,
  ...fileCalls,
  ...decideCalls,
  ...diagnosisCalls,
  ...compareCalls,
  ...settingsCalls,
  ...inspectionCalls,
} as const

/** The items of the menu that the window acts on: ids of its commands. */
const menuItemSchema = z.enum([
  'new-study',
  'new-from-file',
  'import-log',
  'run-or-pause',
  'pause-now',
  'leave-running',
  'export-best',
  'check-study',
  'back-up',
  'commands',
  'page-watch',
  'page-inspect',
  'page-compare',
  'page-decide',
  'freeze',
  'inspect',
  'library',
  'toggle-sidebar',
  'shortcuts',
  'glossary',
  'tour',
])
export type MenuItem = z.infer<typeof menuItemSchema>

/** Events go up: facts for the window, coalesced by the main process. */
export const windowEvents = {
  /** The study in view with its changed trials; of any other open study the summary alone. */
  studyChanged: studyChangeSchema,
  /** Somebody asked for a study outside the window: a second start of the application, or the menu. */
  studyRequested: studyId,
  /** The same of a file: the page takes it (`takeFile`). */
  fileRequested: nothing,
  menuItemChosen: z.strictObject({ item: menuItemSchema }),
  settingsChanged: settingsSchema,
  ...importEvents,
  ...experimentEvents,
  ...controlEvents,
  ...decideEvents,
  ...diagnosisEvents,
  ...inspectionEvents,
} as const

type WindowCalls = typeof windowCalls
export type CallName = keyof WindowCalls
export type CallRequest<Name extends CallName> = z.infer<WindowCalls[Name]['request']>
export type CallResponse<Name extends CallName> = z.infer<WindowCalls[Name]['response']>
export type EventName = keyof typeof windowEvents
export type EventPayload<Name extends EventName> = z.infer<(typeof windowEvents)[Name]>

/** The only object that the preload script exposes, as `window.spiketune`. */
export interface WindowBridge {
  call(name: CallName, request: unknown): Promise<{ ok: true; value: unknown } | { ok: false; error: WireError }>
  on(name: EventName, listener: (payload: unknown) => void): () => void
  /**
   * Hands a file that was dropped on the window to the main process; its path goes past the page. Answers its token, null
   * where it is no file of the disk, as of a `File` that a page made itself.
   */
  nameFile(file: unknown): Promise<string | null>
}
