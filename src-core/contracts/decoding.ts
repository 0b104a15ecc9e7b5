/** What the thread that decodes definitions is asked. */
import type { StudyDefinition } from '../study/definition.ts'

export interface DecodingQuestions {
  decode: {
    request: {
      readonly text: string
      /** What to call the text in messages. */
      readonly source: string
      readonly origin: 'written' | 'stored'
    }
    response: StudyDefinition
  }
}
