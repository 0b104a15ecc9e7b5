/** The contract between the application and the thread that decodes definitions for it. */
import { z } from 'zod'

export const decodingRequestSchema = z.strictObject({
  id: z.int(),
  text: z.string(),
  /** What to call the text in messages. */
  source: z.string(),
  origin: z.enum(['written', 'stored']),
})

export const decodingAnswerSchema = z.union([
  /** As `decodeDefinition` made it: to decode it again here would take as long as what the thread is for. */
  z.strictObject({ definition: z.unknown() }),
  /** The message of the error definition-invalid. */
  z.strictObject({ refusal: z.string() }),
])
export type DecodingAnswer = z.infer<typeof decodingAnswerSchema>
