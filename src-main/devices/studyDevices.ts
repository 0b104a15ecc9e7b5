import { createChooseLanes } from './chooseLanes.ts'
import type { ChooseLanes } from './chooseLanes.ts'
import { LostDevices } from './lostDevices.ts'

/** The devices of this machine, as studies use them. */
export interface StudyDevices {
  readonly chooseLanes: ChooseLanes
  readonly lost: LostDevices
}

export const createStudyDevices = (environment: Readonly<Record<string, string | undefined>>): StudyDevices => ({
  chooseLanes: createChooseLanes(environment),
  lost: new LostDevices(),
})
