/** Files that the window makes: figures, tables, texts. */
import { z } from 'zod'
import { placeToken, studyId, writtenFileSchema } from './common.ts'
import { fileNameSchema, isPlainDrawing } from './savedFiles.ts'

const fileKindSchema = z.enum(['svg', 'pdf', 'png', 'csv', 'npz', 'json', 'yaml'])

/** The largest file that the window may hand over, in bytes or characters. */
const largestFile = 200_000_000

export const fileCalls = {
  /** Asks where to, and writes it; a drawing is printed as PDF. Answers the path, null when the person cancelled. */
  saveFile: {
    request: z
      .strictObject({
        kind: fileKindSchema,
        name: fileNameSchema,
        content: z.union([z.string().max(largestFile), z.instanceof(Uint8Array)]),
      })
      .refine(
        ({ kind, content }) =>
          (kind !== 'svg' && kind !== 'pdf') || (typeof content === 'string' && isPlainDrawing(content)),
        'an SVG file holds a plain drawing, and a PDF file is printed from one',
      ),
    response: writtenFileSchema.nullable(),
  },
  /** Shows a file that this application wrote in the system's own window of its folder. Error: place-not-chosen. */
  showInFolder: { request: z.strictObject({ place: placeToken }), response: z.null() },
  /** Opens the folder of a study in the system's own window. Error: folder-not-shown. */
  showStudyFolder: { request: studyId, response: z.null() },
  /** Puts plain text on the clipboard. */
  copyText: { request: z.strictObject({ text: z.string().max(largestFile) }), response: z.null() },
} as const
