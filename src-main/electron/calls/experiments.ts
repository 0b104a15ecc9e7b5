import type { experimentCalls } from '../../../src-core/contracts/window/experimentCalls.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createExperimentCalls = ({ experiments, places }: CallParts): Handlers<typeof experimentCalls> => ({
  listExperiments: () => experiments.list(),
  listExperimentPresets: () => experiments.presets(),
  startExperiment: ({ preset }) => experiments.startPreset(preset),
  addExperiment: ({ file }) => experiments.add(places.pathOf(file)),
  resumeExperiment: ({ name, remake }) => experiments.resume(name, remake),
  pauseExperiment: ({ name }) => experiments.pause(name),
})
