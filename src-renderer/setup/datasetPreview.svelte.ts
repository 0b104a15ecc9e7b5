import { call } from '../bridge/bridge.ts'
import type { DefinitionText } from './definitionText.svelte.ts'
import type { Preview } from './previewModel.ts'

/** Enough samples to tell a rate, and whether the classes are balanced. */
const countedSamples = 100
/** Long enough that a number is typed to its end. */
const pauseMs = 400

/** The dataset of the definition that is being edited, read anew when what it depends on has changed. */
export class DatasetPreviewState {
  preview = $state.raw<Preview | null>(null)
  problem = $state.raw<string | null>(null)
  loading = $state(false)
  readonly #text: DefinitionText
  readonly #folder: string | null
  /** What a preview depends on, so that no other edit asks for it again; null: the definition has problems. */
  readonly wanted = $derived.by(() => {
    const { definition } = this.#text
    return definition === null
      ? null
      : JSON.stringify([definition.dataset, definition.encoding, definition.seeds, definition.objective.split])
  })

  /** @param folder what a relative dataset folder counts from; null: the definition is from no file */
  constructor(text: DefinitionText, folder: string | null) {
    this.#folder = folder
    this.#text = text
  }

  /** Asks when it has something to ask for; returns what forgets an answer that is late. For an effect. */
  follow(): (() => void) | undefined {
    if (this.wanted === null) return undefined
    let overtaken = false
    const timer = setTimeout(() => {
      this.loading = true
      void call('previewDataset', { yaml: this.#text.text, folder: this.#folder, samples: countedSamples }).then(
        (answer) => {
          if (overtaken) return
          this.loading = false
          this.preview = answer.ok ? answer.value : null
          this.problem = answer.ok ? null : answer.error.message
        },
      )
    }, pauseMs)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }
}
