import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'

/** Where the parts of a study lie in its folder. */
export interface StudyPaths {
  readonly folder: string
  readonly database: string
  readonly lock: string
  readonly definition: string
  readonly networks: string
  /** Networks that were trained again to be looked into; all of them can be made anew. */
  readonly retrained: string
  /** Where the process is reached that runs it in the background; gone when it has ended, unless it was killed. */
  readonly background: string
  /** What that process has to say beside the study. */
  readonly backgroundLog: string
  /** What trials that were interrupted go on from; gone when they have ended. */
  readonly checkpoints: string
  /** What it says of the experiment that it is a study of; most have none. */
  readonly member: string
}

export const studyPaths = (folder: string): StudyPaths => ({
  folder,
  database: join(folder, 'study.sqlite'),
  lock: join(folder, 'writer.lock'),
  definition: join(folder, 'study.yaml'),
  networks: join(folder, 'networks'),
  retrained: join(folder, 'retrained'),
  checkpoints: join(folder, 'checkpoints'),
  member: join(folder, 'experiment.json'),
  background: join(folder, 'background.json'),
  backgroundLog: join(folder, 'background.log'),
})

/** Whether a study can be written to: its folder, for what SQLite puts there, and its database. */
export const mayWriteTo = ({ folder, database }: StudyPaths): boolean =>
  [folder, database].every((path) => {
    try {
      accessSync(path, constants.W_OK)
      return true
    } catch {
      return false
    }
  })

/** A study folder that is being made begins with this; never listed, and swept away when its maker died. */
export const unfinishedPrefix = '.new-'

/** File name of the trained network of a trial. */
export const networkFileName = (trial: number): string => `trial-${String(trial).padStart(6, '0')}.safetensors`

/** Whether a file is the network of a trial, whole or half written. */
export const isNetworkFile = (name: string): boolean => /^trial-\d{6,}\.safetensors(\.\d+\.tmp)?$/.test(name)

/** File name of the checkpoint of a trial. */
export const checkpointFileName = (trial: number): string => `trial-${String(trial).padStart(6, '0')}.checkpoint`

/** Whether a file is the checkpoint of a trial, whole or half written. */
export const isCheckpointFile = (name: string): boolean => /^trial-\d{6,}\.checkpoint(\.\d+\.tmp)?$/.test(name)
