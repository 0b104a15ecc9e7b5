import { expect, it } from 'vitest'
import { createDecodingThread, decodeHere } from '../../../src-main/studies/definitionDecoder.ts'
import { least } from '../../core/study/definitionTexts.ts'

const decode = createDecodingThread(new URL('../../../out/main/decoding.js', import.meta.url))
/** The same definition, too long to be decoded where the application runs. */
const long = `${least}budget: { trials: 5 }\n${'# a comment\n'.repeat(500)}`

it('decodes as it is done without a thread, frozen, while this thread goes on', async () => {
  expect(await decode(least, 'a.yaml')).toEqual(await decodeHere(least, 'a.yaml'))
  const keys = Array.from({ length: 20_000 }, (_, index) => `key${index}: 1\n`).join('')
  let turns = 0
  const count = setInterval(() => turns++, 1)
  const [definition, refusal] = await Promise.all([
    decode(long, 'a.yaml'),
    decode(least + keys, 'a.yaml').catch((error: unknown) => error),
  ])
  clearInterval(count)
  expect(turns).toBeGreaterThan(5)
  expect(definition).toEqual(await decodeHere(long, 'a.yaml'))
  expect(Object.isFrozen(definition.budget)).toBe(true)
  expect(refusal).toMatchObject({ code: 'definition-invalid' })
  expect(String(refusal)).toMatch(/a\.yaml has 20000 problems:\na\.yaml:6:1: key0: [^]*\nand 19950 more$/)
})
