import { knownTask } from '../../src-core/datasets/catalogue.ts'
import { mapAt } from '../../src-core/study/rawValues.ts'
import { type Answer, call } from '../bridge/bridge.ts'
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
  #allowed = $state(0)
  /** What the definition said when the answer that is here was asked for; null: there is none. */
  #answered = $state.raw<string | null>(null)
  readonly #text: DefinitionText
  readonly #origin: string | null
  /** Its networks encode samples by hyperparameters, not by the section `encoding`. */
  readonly evolves = $derived.by(() => this.#text.definition?.network.type === 'neuroprocessor')
  /** What is learned by acting has nothing to preview. */
  readonly isTask = $derived.by(() => knownTask(this.#text.definition?.dataset.name) !== undefined)
  /** What a preview depends on, as it stands in the text, right or wrong; no other edit asks for it again. */
  readonly #said = $derived.by(() => {
    const parts = ['dataset', 'encoding', 'seeds', 'objective'].map((section) => mapAt(this.#text.value, section))
    return JSON.stringify([this.#allowed, ...parts])
  })
  /** Null: the definition has problems, or there is nothing to preview. */
  readonly wanted = $derived.by(() => (this.#text.definition === null || this.isTask ? null : this.#said))
  /** What is here is no answer to the text as it is now: from the first key on, until the answer to that very text has come. */
  readonly stale = $derived.by(() => this.#answered !== null && (!this.#text.readable || this.#answered !== this.#said))
  readonly loading = $derived.by(() => this.wanted !== null && this.#answered !== this.wanted)

  /** @param origin the file that the definition is from; null: from none */
  constructor(text: DefinitionText, origin: string | null) {
    this.#origin = origin
    this.#text = text
  }

  /** Asks when it has something to ask for; returns what forgets an answer that is late. For an effect. */
  follow(): (() => void) | undefined {
    if (this.isTask) this.#take(null)
    const { wanted } = this
    if (wanted === null) return undefined
    let overtaken = false
    const timer = setTimeout(() => {
      void call('previewDataset', { yaml: this.#text.text, origin: this.#origin, samples: countedSamples }).then(
        (answer) => {
          if (overtaken) return
          this.#take(answer)
          this.#answered = wanted
        },
      )
    }, pauseMs)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }

  /** @param answer null: there is nothing to ask */
  #take(answer: Answer<'previewDataset'> | null): void {
    this.#answered = null
    this.preview = answer?.ok === true ? answer.value : null
    this.problem = answer?.ok === false ? answer.error.message : null
    this.unchosen = answer?.ok === false && answer.error.code === 'place-not-chosen'
  }

  /** Asks the person, in a dialog that is none of this page's, and reads the dataset where the answer is yes. */
  async allow(): Promise<void> {
    const answer = await call('allowDataset', { yaml: this.#text.text, origin: this.#origin })
    if (!answer.ok) this.problem = answer.error.message
    else if (answer.value) this.#allowed += 1
  }
}
