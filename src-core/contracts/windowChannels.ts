/**
 * The names of the window contract as values. The preload script needs them, and must not carry the schemas along:
 * it is read by every start of the window, and checks names only.
 */
import type { CallName, EventName } from './window.ts'

/** `satisfies` makes the compiler refuse a missing name as well as a wrong one. */
const calls = {
  listStudies: true,
  listPresets: true,
  startPreset: true,
  readPreset: true,
  chooseDefinition: true,
  openDefinition: true,
  openSaved: true,
  chooseDatasetPlace: true,
  allowDataset: true,
  createStudy: true,
  measureSpeed: true,
  datasetCache: true,
  importLog: true,
  importFile: true,
  cancelImport: true,
  openStudy: true,
  explainTrial: true,
  trialRecord: true,
  learningCurves: true,
  annotateTrial: true,
  excludeTrial: true,
  enqueueTrial: true,
  cancelTrial: true,
  changesShown: true,
  initialStudy: true,
  takeFile: true,
  resumeStudy: true,
  pauseStudy: true,
  pauseStudyNow: true,
  setWorkers: true,
  listDevices: true,
  planFork: true,
  forkStudy: true,
  verifiedStudy: true,
  checkStudy: true,
  backUpStudy: true,
  exportBest: true,
  readSettings: true,
  writeTheme: true,
  readPreferences: true,
  writePreference: true,
  modelStudy: true,
  mapModels: true,
  readSearch: true,
  compareStudies: true,
  importanceOfStudy: true,
  replayStopRule: true,
  saveFile: true,
  showInFolder: true,
  showStudyFolder: true,
  listConfirmations: true,
  startConfirmation: true,
  continueConfirmation: true,
  stopConfirmation: true,
  exportTrial: true,
  saveReport: true,
  readEnvironment: true,
  copyText: true,
  openInspection: true,
  closeInspection: true,
  cancelInspection: true,
  inspectWeights: true,
  presentSamples: true,
  testInspection: true,
  replayTraining: true,
  playEpisode: true,
  previewDataset: true,
} as const satisfies Record<CallName, true>

const events = {
  studyChanged: true,
  studyRequested: true,
  fileRequested: true,
  menuItemChosen: true,
  settingsChanged: true,
  importProgress: true,
  deviceNoticed: true,
  databaseHeld: true,
  confirmationChanged: true,
  modelsFitting: true,
  inspectionProgress: true,
  inspectionRecording: true,
  inspectionSnapshot: true,
} as const satisfies Record<EventName, true>

export const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(calls, name)
export const isEventName = (name: unknown): name is EventName => typeof name === 'string' && Object.hasOwn(events, name)

/** Channel names of Electron's IPC. */
export const callChannel = (name: CallName): string => `spiketune:call:${name}`
/** A dropped file's path, from the preload script alone: no name of a call, so no page can send to it. */
export const dropChannel = 'spiketune:drop'
export const eventChannel = (name: EventName): string => `spiketune:event:${name}`
