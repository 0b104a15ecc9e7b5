import { app } from 'electron'
import { z } from 'zod'

/** What a second start hands to the first: what it was asked to show. */
const handedOverSchema = z.strictObject({ study: z.string().min(1).nullable(), file: z.string().min(1).nullable() })

/** What a start of the application is asked to show: a study, or a file; neither: the window. */
export type Asked = Readonly<z.infer<typeof handedOverSchema>>

/**
 * One application per user's data folder. A second start hands over the study or the file that it was asked for, and ends.
 *
 * @returns false when another application has the lock: this one must quit
 */
export const claimSingleInstance = (asked: Asked, show: (asked: Asked) => void): boolean => {
  if (!app.requestSingleInstanceLock({ ...asked })) return false
  app.on('second-instance', (_event, _argv, _workingFolder, handedOver) => {
    const decoded = handedOverSchema.safeParse(handedOver)
    show(decoded.success ? decoded.data : { study: null, file: null })
  })
  return true
}
