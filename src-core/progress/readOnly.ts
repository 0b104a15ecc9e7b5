import type { StudySummary } from './readModel.ts'

/** Why a study can only be looked at; null: it can be changed. */
export const readOnlyReason = ({
  readOnly,
  folderProtected,
  inBackground,
}: Pick<StudySummary, 'readOnly' | 'folderProtected' | 'inBackground'>): string | null => {
  if (!readOnly || inBackground === true) return null
  return folderProtected
    ? 'You may not write to the folder of this study: it is read-only.'
    : 'Another application writes to this study: it is read-only here.'
}
