/** Files that the window makes: figures, tables, texts. */
import { z } from 'zod'
import { fileNameSchema, isPlainDrawing } from './savedFiles.ts'

const fileKindSchema = z.enum(['svg', 'png', 'csv', 'json', 'yaml'])

/** The largest file that the window may hand over, in bytes or characters. */
const largestFile = 200_000_000

export const fileCalls = {
  /** Asks where to, and writes it; answers the path, null when the person cancelled. */
  saveFile: {
    request: z
      .strictObject({
        kind: fileKindSchema,
        name: fileNameSchema,
        content: z.union([z.string().max(largestFile), z.instanceof(Uint8Array)]),
      })
      .refine(
        ({ kind, content }) => kind !== 'svg' || (typeof content === 'string' && isPlainDrawing(content)),
        'an SVG file holds a plain drawing',
      ),
    response: z.strictObject({ file: z.string() }).nullable(),
  },
  /** Puts plain text on the clipboard. */
  copyText: { request: z.strictObject({ text: z.string().max(largestFile) }), response: z.null() },
} as const
