import type { CallParts } from './calls/callParts.ts'
import { createCompareCalls } from './calls/compare.ts'
import { createControlCalls } from './calls/control.ts'
import { createCurveCalls, createTrialCalls } from './calls/trials.ts'
import { createDecideCalls } from './calls/decide.ts'
import { createDiagnosisCalls } from './calls/diagnosis.ts'
import { createExperimentCalls } from './calls/experiments.ts'
import { createFileCalls } from './calls/files.ts'
import { createImportCalls } from './calls/imports.ts'
import { createInspectionCalls } from './calls/inspection.ts'
import { createLibraryCalls } from './calls/library.ts'
import { createManageCalls } from './calls/manage.ts'
import { createSetupCalls } from './calls/setup.ts'
import { createStudyCalls } from './calls/study.ts'
import { createSettingsCalls } from './calls/settings.ts'
import type { WindowHandlers } from './ipc.ts'

/** Answers what the window asks, in terms of the same studies that serve the command line. */
export const createWindowService = (parts: CallParts): WindowHandlers => ({
  ...createLibraryCalls(parts),
  ...createManageCalls(parts),
  ...createImportCalls(parts),
  ...createExperimentCalls(parts),
  ...createSetupCalls(parts),
  ...createStudyCalls(parts),
  ...createControlCalls(parts),
  ...createTrialCalls(parts),
  ...createCurveCalls(parts),
  ...createFileCalls(parts),
  ...createDecideCalls(parts),
  ...createDiagnosisCalls(parts),
  ...createCompareCalls(parts),
  ...createSettingsCalls(parts),
  ...createInspectionCalls(parts),
})
