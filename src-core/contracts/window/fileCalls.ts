/** Files that the window makes: figures, tables, texts. */
import { z } from 'zod'

export const fileKindSchema = z.enum(['svg', 'png', 'csv', 'json', 'yaml'])
export type FileKind = z.infer<typeof fileKindSchema>

/** The largest file that the window may hand over, in bytes or characters. */
const largestFile = 200_000_000

export const fileCalls = {
  /** Asks where to, and writes it; answers the path, null when the person cancelled. */
  saveFile: {
    request: z.strictObject({
      kind: fileKindSchema,
      /** Suggested, without extension. */
      name: z.string().min(1).max(200),
      content: z.union([z.string().max(largestFile), z.instanceof(Uint8Array)]),
    }),
    response: z.strictObject({ file: z.string() }).nullable(),
  },
  /** Puts plain text on the clipboard. */
  copyText: { request: z.strictObject({ text: z.string().max(largestFile) }), response: z.null() },
} as const
