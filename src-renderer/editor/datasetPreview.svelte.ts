import { knownTask } from '../../src-core/datasets/catalogue.ts'
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
  /** The dataset lies where nobody chose it to: a person has to allow that it is read. */
  unchosen = $state(false)
  loading = $state(false)
  #allowed = $state(0)
  readonly #text: DefinitionText
  readonly #origin: string | null
  /** Its networks encode samples by hyperparameters, not by the section `encoding`. */
  readonly evolves = $derived.by(() => this.#text.definition?.network.type === 'neuroprocessor')
  /** What is learned by acting has nothing to preview. */
  readonly isTask = $derived.by(() => knownTask(this.#text.definition?.dataset.name) !== undefined)
  /** What a preview depends on, so that no other edit asks for it again; null: the definition has problems. */
  readonly wanted = $derived.by(() => {
    const { definition } = this.#text
    return definition === null || this.isTask
      ? null
      : JSON.stringify([definition.dataset, definition.encoding, definition.seeds, definition.objective.split])
  })

  /** @param origin the file that the definition is from; null: from none */
  constructor(text: DefinitionText, origin: string | null) {
    this.#origin = origin
    this.#text = text
  }

  /** Asks when it has something to ask for; returns what forgets an answer that is late. For an effect. */
  follow(): (() => void) | undefined {
    if (this.isTask) {
      this.preview = null
      this.problem = null
      this.unchosen = false
    }
    if (this.wanted === null) return undefined
    void this.#allowed
    let overtaken = false
    const timer = setTimeout(() => {
      this.loading = true
      void call('previewDataset', { yaml: this.#text.text, origin: this.#origin, samples: countedSamples }).then(
        (answer) => {
          if (overtaken) return
          this.loading = false
          this.preview = answer.ok ? answer.value : null
          this.problem = answer.ok ? null : answer.error.message
          this.unchosen = !answer.ok && answer.error.code === 'place-not-chosen'
        },
      )
    }, pauseMs)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }

  /** Asks the person, in a dialog that is none of this page's, and reads the dataset where the answer is yes. */
  async allow(): Promise<void> {
    const answer = await call('allowDataset', { yaml: this.#text.text, origin: this.#origin })
    if (!answer.ok) this.problem = answer.error.message
    else if (answer.value) this.#allowed += 1
  }
}
