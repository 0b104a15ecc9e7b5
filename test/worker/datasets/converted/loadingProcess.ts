/**
 * A process that loads a tiny dataset, and converts it, when it is the one that does, once it is told `go`; then says what
 * it has loaded, and, with `again`, reads it again when it is told to go on.
 */
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { loadConverted } from '../../../../src-worker/datasets/converted/loadConverted.ts'
import { samplesOf, sourceIn, surroundings, tinySamples } from './tinySource.ts'

const [file = '', cache = '', log = '', again = ''] = process.argv.slice(2)
const say = (word: string): void => {
  process.send?.(word)
}

const [tiny] = tinySamples
if (tiny === undefined) throw new Error('a tiny dataset')
const { source } = sourceIn(file, tiny)
let isWaiting = false

const dataset = await loadConverted(
  {
    ...source,
    async content(hash) {
      appendFileSync(log, 'converted\n')
      const told = once(process, 'message')
      say('converting')
      await told
      return source.content(hash)
    },
  },
  surroundings(cache, {
    progress: (_done, _planned, waiting = false) => {
      if (waiting && !isWaiting) say('waiting')
      isWaiting = waiting
      return Promise.resolve()
    },
    wait: () => setTimeout(10),
  }),
)
const told = again === '' ? null : once(process, 'message')
say(`loaded ${samplesOf(dataset).length}`)
await told
if (told !== null) say(`read ${samplesOf(dataset).length}`)
process.disconnect()
