import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'

/** Why a study can only be looked at. @param folderProtected its folder may not be written to; else another application has it open */
export const refusalToWrite = (
  { id, folder }: { readonly id: string; readonly folder: string },
  folderProtected: boolean,
): SpiketuneError =>
  folderProtected
    ? new SpiketuneError(
        'folder-not-writable',
        `You may not write to ${folder}: ${id} can be looked at only. To go on with it, copy the folder into a library of yours.`,
      )
    : new SpiketuneError(
        'study-read-only',
        `Another application runs ${id}; here it can be looked at only. Close the study there, then open it again.`,
      )
