import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import type {
  InspectedNetwork,
  InspectedSplit,
  Projection,
  SampleRecording,
} from '../../src-core/contracts/inspection.ts'
import { Inspection, testedFirst } from '../inspect/inspection.svelte.ts'
import { actingOf, recordingOfEpisode } from './episodeRecording.ts'

/** What is to be seen of each network. */
interface WantedOfNetworks {
  readonly trials: readonly number[]
  readonly split: InspectedSplit
  /** Shown to each; of a network that acts in a task, the first is the number of the episode. */
  readonly samples: readonly number[]
  readonly tested: boolean
  /** null: none but the one that is read at once. */
  readonly projection: Projection | null
}

interface Step {
  readonly number: number
  readonly run: () => Promise<void>
}

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at])

/**
 * The networks of several trials, each in a process of its own. What is wanted of them is said as a whole; what is missing is asked
 * for one after the other, for a machine has few cores.
 */
export class ComparedNetworks {
  /** The trial whose network is asked now; null: none is. */
  working = $state<number | null>(null)
  /** A person ended it: nothing goes on unasked. */
  halted = $state(false)
  readonly #study: string
  readonly #inspections = new SvelteMap<number, Inspection>()
  /** Trials that a person wants to be trained again. */
  readonly #retrained = new SvelteSet<number>()
  /** Steps that were tried and came to nothing, until something else is wanted. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn of it
  readonly #tried = new Set<string>()
  #wanted: WantedOfNetworks | null = null
  #closed = false

  constructor(study: string) {
    this.#study = study
  }

  /** The look into the network of a trial; null: not begun. */
  of(number: number): Inspection | null {
    return this.#inspections.get(number) ?? null
  }

  /** A network that is open; null: it is not. */
  network(number: number): InspectedNetwork | null {
    return this.of(number)?.network ?? null
  }

  /** What a network was shown of what is wanted, complete; none of what came before. */
  recordings(
    number: number,
    { split, samples }: Pick<WantedOfNetworks, 'split' | 'samples'>,
  ): readonly SampleRecording[] {
    const inspection = this.of(number)
    const network = inspection?.network ?? null
    if (inspection === null || network === null) return []
    if (actingOf(network) !== null) {
      const { episode } = inspection
      return episode === null || episode.episode !== samples[0] ? [] : [recordingOfEpisode(episode, network)]
    }
    const own = available(network, split, samples)
    const isShown = inspection.split === split && sameNumbers(inspection.samples, own)
    return isShown && inspection.recordings.length === own.length ? inspection.recordings : []
  }

  /** Says what is to be seen from now on. */
  want(wanted: WantedOfNetworks): void {
    this.#wanted = wanted
    this.halted = false
    this.#tried.clear()
    for (const [number, inspection] of this.#inspections) {
      // Whose process has ended is opened anew.
      if (inspection.problem?.code === 'inspection-ended') inspection.close()
      if (wanted.trials.includes(number)) continue
      inspection.close()
      this.#inspections.delete(number)
      this.#retrained.delete(number)
    }
    void this.#goOn()
  }

  /** Trains networks again that were not kept, which gives the same ones. */
  retrain(numbers: readonly number[]): void {
    for (const number of numbers) this.#retrained.add(number)
    this.again()
  }

  /** Tries everything again that was called off or failed. */
  again(): void {
    if (this.#wanted !== null) this.want(this.#wanted)
  }

  /** Ends what is being done; what is open stays. */
  async cancel(): Promise<void> {
    this.halted = true
    const number = this.working
    if (number === null) return
    this.#retrained.delete(number)
    await this.of(number)?.cancel()
  }

  /** Ends everything. */
  close(): void {
    this.#closed = true
    for (const inspection of this.#inspections.values()) inspection.close()
    this.#inspections.clear()
  }

  async #goOn(): Promise<void> {
    if (this.working !== null) return
    try {
      for (let step = this.#next(); step !== null; step = this.#next()) {
        this.working = step.number
        await step.run()
      }
    } finally {
      this.working = null
    }
  }

  #next(): Step | null {
    const wanted = this.#wanted
    if (wanted === null || this.halted || this.#closed) return null
    const steps = [this.#opening, this.#showing, this.#testing, this.#weighing]
    // All rasters come first, one below the other.
    for (const group of [steps.slice(0, 2), steps.slice(2)]) {
      for (const number of wanted.trials) {
        for (const step of group) {
          const run = step(number, wanted)
          if (run !== null) return { number, run }
        }
      }
    }
    return null
  }

  /** Marks a step as tried. False: it was. */
  #first(key: string): boolean {
    if (this.#tried.has(key)) return false
    this.#tried.add(key)
    return true
  }

  #opening = (number: number): Step['run'] | null => {
    const known = this.of(number)
    const kind = known?.state.kind ?? 'closed'
    const retrain = this.#retrained.has(number)
    if (kind === 'ready' || (kind === 'not-kept' && !retrain)) return null
    if (!this.#first(`open ${number} ${retrain}`)) return null
    const inspection = known ?? new Inspection(this.#study)
    this.#inspections.set(number, inspection)
    return () => inspection.open(number, retrain)
  }

  #showing = (number: number, { split, samples }: WantedOfNetworks): Step['run'] | null => {
    const [inspection, network] = [this.of(number), this.network(number)]
    if (inspection === null || network === null || this.recordings(number, { split, samples }).length > 0) return null
    const shown = available(network, split, samples)
    const [episode] = samples
    if (actingOf(network) !== null) {
      if (episode === undefined || !this.#first(`play ${number} ${episode}`)) return null
      return () => inspection.play('objective', episode)
    }
    if (shown.length === 0 || !this.#first(`show ${number} ${split} ${shown.join()}`)) return null
    return () => inspection.present(split, shown)
  }

  #testing = (number: number, { split, tested }: WantedOfNetworks): Step['run'] | null => {
    const [inspection, network] = [this.of(number), this.network(number)]
    if (!tested || inspection === null || network === null || network.samples[split] === 0) return null
    if (inspection.tests[split] !== undefined || !this.#first(`test ${number} ${split}`)) return null
    return () => inspection.test(split, Math.min(testedFirst, network.samples[split]))
  }

  #weighing = (number: number, { projection }: WantedOfNetworks): Step['run'] | null => {
    const inspection = this.of(number)
    const wanted = inspection?.network?.projections.find(
      ({ from, to }) => from === projection?.from && to === projection.to,
    )
    if (inspection === null || wanted === undefined) return null
    const isThere = inspection.weights?.from === wanted.from && inspection.weights.to === wanted.to
    if (isThere || !this.#first(`weights ${number} ${wanted.from} ${wanted.to}`)) return null
    return () => inspection.showWeights(wanted)
  }
}

/** Of the samples that are wanted those that a network's split has. */
const available = (network: InspectedNetwork, split: InspectedSplit, samples: readonly number[]): number[] =>
  samples.filter((sample) => sample < network.samples[split])
