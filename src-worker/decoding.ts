/** Entry of the thread that decodes definitions: whatever somebody wrote into one, the application goes on meanwhile. */
import type { DecodingQuestions } from '../src-core/contracts/decoding.ts'
import { decodeDefinition } from '../src-core/study/decodeDefinition.ts'
import { answerRequests } from './host/threadAnswers.ts'

answerRequests<DecodingQuestions>({
  decode: ({ text, source, origin }) => decodeDefinition(text, source, origin),
})
