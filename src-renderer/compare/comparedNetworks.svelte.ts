import { SvelteMap } from 'svelte/reactivity'
import type { InspectedNetwork, InspectedSplit, SampleRecording } from '../../src-core/contracts/inspection.ts'
import { Inspection } from '../inspect/inspection.svelte.ts'

export type ComparedNetwork =
  | { readonly kind: 'working' }
  | { readonly kind: 'shown'; readonly network: InspectedNetwork; readonly recording: SampleRecording }
  | { readonly kind: 'not-kept' }
  | { readonly kind: 'failed'; readonly message: string }

/** The networks of several trials, opened one after another to see the same sample. */
export class ComparedNetworks {
  readonly shown = new SvelteMap<number, ComparedNetwork>()
  busy = $state(false)
  readonly #study: string
  #inspection: Inspection | null = null
  #round = 0

  constructor(study: string) {
    this.#study = study
  }

  /** Shows one sample to the network of each trial. `retrain`: trains those again that were not kept. */
  async show(trials: readonly number[], split: InspectedSplit, sample: number, retrain: boolean): Promise<void> {
    const round = ++this.#round
    this.busy = true
    for (const number of trials) this.shown.set(number, { kind: 'working' })
    for (const number of trials) {
      const inspection = new Inspection(this.#study)
      this.#inspection = inspection
      await inspection.open(number, retrain)
      if (inspection.network !== null) await inspection.present(split, [sample])
      const result = resultOf(inspection)
      inspection.close()
      if (round !== this.#round) return
      this.shown.set(number, result)
    }
    this.busy = false
  }

  /** Ends whatever runs. */
  close(): void {
    this.#round++
    this.#inspection?.close()
    this.busy = false
    for (const [number, { kind }] of this.shown) if (kind === 'working') this.shown.delete(number)
  }
}

const resultOf = ({ state, recordings, problem }: Inspection): ComparedNetwork => {
  const recording = recordings[0]
  if (state.kind === 'ready' && recording !== undefined) return { kind: 'shown', network: state.network, recording }
  if (state.kind === 'not-kept') return { kind: 'not-kept' }
  if (state.kind === 'failed') return { kind: 'failed', message: state.error.message }
  return { kind: 'failed', message: problem?.message ?? 'The network shows nothing.' }
}
