import { app } from 'electron'
import { z } from 'zod'

/** What a second start hands to the first. */
const handedOverSchema = z.strictObject({ study: z.string().min(1).nullable() })

/**
 * One application per user's data folder. A second start hands over the study that it was asked for, and ends.
 *
 * @returns false when another application has the lock: this one must quit
 */
export const claimSingleInstance = (study: string | null, show: (study: string | null) => void): boolean => {
  if (!app.requestSingleInstanceLock({ study })) return false
  app.on('second-instance', (_event, _argv, _workingFolder, handedOver) => {
    const decoded = handedOverSchema.safeParse(handedOver)
    show(decoded.success ? decoded.data.study : null)
  })
  return true
}
