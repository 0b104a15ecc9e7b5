/**
 * The contract between the window and the main process. Channel names derive from it, the main process decodes every
 * request by its schema, and the renderer decodes every answer and event.
 */
import { z } from 'zod'
import { reasonSchema } from '../progress/whyThisPoint.ts'
import { studyChangeSchema, studySnapshotSchema, studySummarySchema } from '../progress/readModel.ts'

/** A study by the id of its summary, or by the folder of one outside the library that the main process has named. */
const studyId = z.strictObject({ id: z.string().min(1).max(4096) })
const nothing = z.null()

export const presetInfoSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  trials: z.int().nullable(),
})
export type PresetInfo = z.infer<typeof presetInfoSchema>

export const themeSchema = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof themeSchema>

/** What the window remembers between runs; kept by electron-store. */
export const settingsSchema = z.strictObject({ theme: themeSchema, recentStudies: z.array(z.string()).max(20) })
export type Settings = z.infer<typeof settingsSchema>

/** Calls go down: the renderer asks, the main process answers. */
export const windowCalls = {
  listStudies: { request: nothing, response: z.array(studySummarySchema) },
  listPresets: { request: nothing, response: z.array(presetInfoSchema) },
  /** Creates and starts a study from a preset; answers its summary. */
  startPreset: { request: z.strictObject({ preset: z.string() }), response: studySummarySchema },
  /** Asks for a YAML file, creates and starts it; null when the person cancelled. */
  startFromFile: { request: nothing, response: studySummarySchema.nullable() },
  /** Opens a study and subscribes the window to its changes. */
  openStudy: { request: studyId, response: studySnapshotSchema },
  /** Why a trial was asked for; empty when there is none of this number, or nothing was said. */
  explainTrial: { request: studyId.extend({ number: z.int().min(0) }), response: z.array(reasonSchema) },
  /** The study to show first: the one named on the command line, else the last one looked at. */
  initialStudy: { request: nothing, response: z.string().nullable() },
  resumeStudy: { request: studyId, response: studySummarySchema },
  pauseStudy: { request: studyId, response: studySummarySchema },
  stopStudy: { request: studyId, response: studySummarySchema },
  /** Asks for a folder and exports the best configuration; null when the person cancelled. */
  exportBest: { request: studyId, response: z.strictObject({ files: z.array(z.string()) }).nullable() },
  readSettings: { request: nothing, response: settingsSchema },
  writeTheme: { request: z.strictObject({ theme: themeSchema }), response: settingsSchema },
} as const

/** The items of the menu that the window acts on as it does on its own buttons. */
export const menuItemSchema = z.enum(['newFromPreset', 'newFromFile', 'runOrPause', 'stop', 'exportBest'])
export type MenuItem = z.infer<typeof menuItemSchema>

/** Events go up: facts for the window, coalesced by the main process. */
export const windowEvents = {
  /** The study in view with its changed trials; of any other open study the summary alone. */
  studyChanged: studyChangeSchema,
  /** Somebody asked for a study outside the window: a second start of the application, or the menu. */
  studyRequested: studyId,
  menuItemChosen: z.strictObject({ item: menuItemSchema }),
  settingsChanged: settingsSchema,
} as const

export type WindowCalls = typeof windowCalls
export type CallName = keyof WindowCalls
export type CallRequest<Name extends CallName> = z.infer<WindowCalls[Name]['request']>
export type CallResponse<Name extends CallName> = z.infer<WindowCalls[Name]['response']>
export type EventName = keyof typeof windowEvents
export type EventPayload<Name extends EventName> = z.infer<(typeof windowEvents)[Name]>

/** An error as it crosses processes: never thrown through IPC, always a value. */
export const wireErrorSchema = z.strictObject({ code: z.string(), message: z.string(), details: z.string().optional() })
export type WireError = z.infer<typeof wireErrorSchema>

/** The only object that the preload script exposes, as `window.spiketune`. */
export interface WindowBridge {
  call(name: CallName, request: unknown): Promise<{ ok: true; value: unknown } | { ok: false; error: WireError }>
  on(name: EventName, listener: (payload: unknown) => void): () => void
}
