/** Entry of the thread that decodes definitions: whatever somebody wrote into one, the application goes on meanwhile. */
import { decodingRequestSchema } from '../src-core/contracts/decoding.ts'
import type { DecodingAnswer } from '../src-core/contracts/decoding.ts'
import { decodeDefinition } from '../src-core/study/decodeDefinition.ts'
import { DefinitionError } from '../src-core/study/definitionError.ts'
import { answerRequests } from './host/threadAnswers.ts'

answerRequests((message): DecodingAnswer => {
  const { text, source, origin } = decodingRequestSchema.parse(message)
  try {
    return { definition: decodeDefinition(text, source, origin) }
  } catch (error) {
    if (error instanceof DefinitionError) return { refusal: error.message }
    throw error
  }
})
