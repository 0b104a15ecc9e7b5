import type { DecodingQuestions } from '../../src-core/contracts/decoding.ts'
import { decodeDefinition } from '../../src-core/study/decodeDefinition.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { deepFreeze } from '../../src-core/values/deepReadonly.ts'
import { AskedThread } from '../workers/askedThread.ts'

/** `decodeDefinition`, wherever it runs. @throws SpiketuneError definition-invalid */
export type DefinitionDecoder = (
  text: string,
  source: string,
  origin?: 'written' | 'stored',
) => Promise<StudyDefinition>

/** Of the command line, which nobody else waits for. */
export const decodeHere: DefinitionDecoder = (text, source, origin) =>
  Promise.resolve().then(() => decodeDefinition(text, source, origin))

/** Characters that take no longer than a frame to decode; a thread would only make them wait. */
const shortText = 4096

/**
 * Decodes in a thread what is longer than the usual definition.
 * @param file what the thread runs; it is started when it is first needed, and anew when it has died
 */
export const createDecodingThread = (file: URL): DefinitionDecoder => {
  let thread: AskedThread<DecodingQuestions> | null = null
  return async (text, source, origin = 'written') => {
    if (text.length <= shortText) return decodeHere(text, source, origin)
    if (thread === null || thread.hasEnded) thread = new AskedThread(file, 'decoding')
    return deepFreeze(await thread.ask('decode', { text, source, origin }))
  }
}
