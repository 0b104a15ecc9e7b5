import { SvelteMap } from 'svelte/reactivity'
import type { Episode, EpisodeUse } from '../../src-core/contracts/evolvedInspection.ts'
import type {
  InspectedNetwork,
  InspectedSplit,
  InspectedTest,
  InspectedWeights,
  InspectionProgress,
  Projection,
  SampleRecording,
  SampleView,
  TracedNeuron,
  TrainingSnapshot,
} from '../../src-core/contracts/inspection.ts'
import type { WireError } from '../../src-core/contracts/window.ts'
import { ActivityLook } from './activity/activityLook.svelte.ts'
import { call, listen } from '../bridge/bridge.ts'

type InspectionState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening'; readonly number: number; readonly retrain: boolean }
  | { readonly kind: 'ready'; readonly number: number; readonly network: InspectedNetwork }
  | { readonly kind: 'not-kept'; readonly number: number }
  | { readonly kind: 'failed'; readonly number: number; readonly error: WireError }

type InspectionTask = 'weights' | 'presenting' | 'testing' | 'training'

/** Neurons whose potentials are drawn at most. */
export const tracedAtMost = 4
/** Samples that a network is tested on without being asked. */
export const testedFirst = 1000

// Numbers are never used twice, not even after the page was loaded again.
let nextInspection = Date.now()

const key = (split: InspectedSplit, sample: number): string => `${split} ${sample}`

/** A look into the network of one trial: what was asked of its worker, and what came. */
export class Inspection {
  state = $state.raw<InspectionState>({ kind: 'closed' })
  /** What the worker is doing for us; null: it waits. */
  task = $state.raw<InspectionTask | null>(null)
  progress = $state.raw<InspectionProgress | null>(null)
  /** Of the last task; the network stays open. */
  problem = $state.raw<WireError | null>(null)
  /** The last task was cancelled: nothing begins unasked. */
  halted = $state(false)
  /** Of `projection`. */
  weights = $state.raw<InspectedWeights | null>(null)
  projection = $state.raw<Projection | null>(null)
  recordings = $state.raw<readonly SampleRecording[]>([])
  tests = $state.raw<Readonly<Partial<Record<InspectedSplit, InspectedTest>>>>({})
  snapshots = $state.raw<readonly TrainingSnapshot[]>([])
  /** As last played, and the decision of it that is looked at. */
  episode = $state.raw<Episode | null>(null)
  decision = $state(0)
  /** Neurons that were chosen in some view; their potentials are recorded. */
  neurons = $state.raw<readonly TracedNeuron[]>([])
  split = $state<InspectedSplit>('objective')
  /** Of `split`, as last presented. */
  samples = $state.raw<readonly number[]>([])
  readonly study: string
  /** How its recordings are looked at; kept while other views are shown. */
  readonly look = new ActivityLook()
  #inspection = 0
  #end: (() => void)[] = []
  /** Of `samples`, by their place. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn of it
  readonly #arrived = new Map<number, SampleRecording>()
  /** Samples whose images were asked for. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn of it
  readonly #fetched = new Set<string>()
  readonly #images = new SvelteMap<string, SampleView>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn of it
  readonly #weights = new Map<string, InspectedWeights>()
  #frame = 0
  /** Recordings of the latest request in `recordings`. */
  #shown = 0
  /** Told when all of `samples` have come, or nobody waits any more. */
  #complete = (): void => undefined

  /** @param study folder or id */
  constructor(study: string) {
    this.study = study
  }

  get network(): InspectedNetwork | null {
    return this.state.kind === 'ready' ? this.state.network : null
  }

  /** The test of the split in view; null: not tested. */
  get answers(): InspectedTest | null {
    return this.tests[this.split] ?? null
  }

  /** The trial that it is about; null: none. */
  get number(): number | null {
    return this.state.kind === 'closed' ? null : this.state.number
  }

  /** Opens the network of a trial. `retrain`: trains it again from its seed. */
  async open(number: number, retrain: boolean): Promise<void> {
    this.close()
    const inspection = nextInspection++
    this.#inspection = inspection
    this.#listen()
    this.state = { kind: 'opening', number, retrain }
    const answer = await call('openInspection', { id: this.study, number, inspection, retrain })
    if (this.#inspection !== inspection) return
    this.progress = null
    if (answer.ok) {
      this.state = { kind: 'ready', number, network: answer.value }
      this.split = answer.value.samples.objective > 0 ? 'objective' : 'training'
      const [first] = answer.value.projections
      if (first !== undefined) await this.showWeights(first)
    } else if (answer.error.code === 'network-not-kept') {
      this.state = { kind: 'not-kept', number }
    } else {
      this.state = { kind: 'failed', number, error: answer.error }
    }
  }

  /** Ends the worker, whatever it does. */
  close(): void {
    if (this.state.kind === 'opening' || this.state.kind === 'ready') {
      void call('closeInspection', { inspection: this.#inspection })
    }
    for (const end of this.#end) end()
    this.#end = []
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#inspection = 0
    this.#complete()
    this.state = { kind: 'closed' }
    this.task = null
    this.progress = null
    this.problem = null
    this.halted = false
    this.weights = null
    this.projection = null
    this.#weights.clear()
    this.recordings = []
    this.tests = {}
    this.snapshots = []
    this.episode = null
    this.decision = 0
    this.neurons = []
    this.samples = []
    this.#images.clear()
    this.#fetched.clear()
    this.#arrived.clear()
  }

  /** Ends what the worker does now; a network that is open stays so. */
  async cancel(): Promise<void> {
    if (this.state.kind === 'opening') {
      const { number, retrain } = this.state
      this.close()
      if (retrain) this.state = { kind: 'not-kept', number }
      this.halted = true
    } else if (this.task !== null) await call('cancelInspection', { inspection: this.#inspection })
  }

  /** Shows samples of a split, one after another. What is shown stays until all of the new has come. */
  async present(split: InspectedSplit, samples: readonly number[]): Promise<void> {
    this.split = split
    this.samples = samples
    this.#arrived.clear()
    this.#shown = 0
    this.#complete()
    const inspection = this.#inspection
    const answered = await this.#run('presenting', () => {
      const traced = [...this.neurons]
      return call('presentSamples', { inspection, split, samples: [...samples], traced })
    })
    if (!answered) return
    // The last recordings may come after the answer.
    if (this.#arrived.size < samples.length) await new Promise<void>((resolve) => (this.#complete = resolve))
    if (this.#inspection !== inspection || this.samples !== samples) return
    if (this.#shown < samples.length) this.recordings = [...this.#arrived.values()]
    this.#shown = samples.length
  }

  /** The image of a sample; null until it was presented once. */
  imageOf(split: InspectedSplit, sample: number): SampleView | null {
    return this.#images.get(key(split, sample)) ?? null
  }

  /** Has samples presented for the sake of their images; those that are known are left out. */
  async fetchImages(split: InspectedSplit, samples: readonly number[]): Promise<void> {
    const missing = samples.filter(
      (sample) => !this.#images.has(key(split, sample)) && !this.#fetched.has(key(split, sample)),
    )
    if (missing.length === 0 || this.task !== null) return
    const inspection = this.#inspection
    for (const sample of missing) this.#fetched.add(key(split, sample))
    await this.#run('presenting', () => call('presentSamples', { inspection, split, samples: missing, traced: [] }))
  }

  /** Takes a neuron into those that are traced, or out of them; the one chosen first makes room. */
  async toggleNeuron(neuron: TracedNeuron): Promise<void> {
    const same = (other: TracedNeuron): boolean => other.layer === neuron.layer && other.neuron === neuron.neuron
    this.neurons = this.neurons.some(same)
      ? this.neurons.filter((other) => !same(other))
      : [...this.neurons, neuron].slice(-tracedAtMost)
    const missing = this.neurons.some((one) => !this.#isTraced(one))
    if (missing && this.samples.length > 0 && this.task === null) await this.present(this.split, this.samples)
  }

  async play(use: EpisodeUse, episode: number): Promise<void> {
    const inspection = this.#inspection
    await this.#run('presenting', async () => {
      const answer = await call('playEpisode', { inspection, use, episode })
      if (answer.ok && this.#inspection === inspection) {
        this.episode = answer.value
        this.decision = 0
      }
      return answer
    })
  }

  async test(split: InspectedSplit, samples: number | null): Promise<void> {
    const inspection = this.#inspection
    await this.#run('testing', async () => {
      const answer = await call('testInspection', { inspection, split, samples })
      if (answer.ok && this.#inspection === inspection) this.tests = { ...this.tests, [split]: answer.value }
      return answer
    })
  }

  /** Trains the network again, and keeps the given number of states of its weights. */
  async replay(snapshots: number): Promise<void> {
    const { projection } = this
    if (projection === null) return
    this.snapshots = []
    await this.#run('training', () => call('replayTraining', { inspection: this.#inspection, snapshots, projection }))
  }

  /** Goes to the weights of a projection; those that came once are kept. */
  async showWeights(projection: Projection): Promise<void> {
    const inspection = this.#inspection
    const name = `${projection.from} ${projection.to}`
    this.projection = projection
    const known = this.#weights.get(name)
    if (known !== undefined) {
      this.weights = known
      return
    }
    await this.#run('weights', async () => {
      const answer = await call('inspectWeights', { inspection, projection })
      if (answer.ok && this.#inspection === inspection) {
        this.#weights.set(name, answer.value)
        if (this.projection === projection) this.weights = answer.value
      }
      return answer
    })
  }

  async #run(
    task: InspectionTask,
    ask: () => Promise<{ ok: true } | { ok: false; error: WireError }>,
  ): Promise<boolean> {
    const inspection = this.#inspection
    this.task = task
    this.problem = null
    this.halted = false
    const answer = await ask()
    if (this.#inspection !== inspection) return false
    this.task = null
    this.progress = null
    if (answer.ok) return true
    if (answer.error.code === 'inspection-cancelled') this.halted = true
    else this.problem = answer.error
    return false
  }

  #isTraced({ layer, neuron }: TracedNeuron): boolean {
    return this.recordings.every(({ traces }) => traces.some((one) => one.layer === layer && one.neuron === neuron))
  }

  #listen(): void {
    const failed = (error: WireError): void => {
      this.problem = error
    }
    const ours = ({ inspection }: { inspection: number }): boolean => inspection === this.#inspection
    this.#end = [
      listen(
        'inspectionProgress',
        (event) => {
          // Facts may come after the answer that they led to.
          if (ours(event) && (this.task !== null || this.state.kind === 'opening')) this.progress = event.progress
        },
        failed,
      ),
      listen(
        'inspectionRecording',
        (event) => {
          if (ours(event)) this.#take(event.recording)
        },
        failed,
      ),
      listen(
        'inspectionSnapshot',
        (event) => {
          if (ours(event)) this.snapshots = [...this.snapshots, event.snapshot]
        },
        failed,
      ),
    ]
  }

  #take(recording: SampleRecording): void {
    const { place, split, sample, view, traces } = recording
    this.#images.set(key(split, sample), view)
    // Those that came for their images alone are told by their place, or have no traces.
    if (split !== this.split || this.samples[place] !== sample) return
    if ((this.#arrived.get(place)?.traces.length ?? 0) > traces.length) return
    this.#arrived.set(place, recording)
    if (this.#arrived.size >= this.samples.length) this.#complete()
    if (this.#frame !== 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      // What is shown gives way when there is more of the new. It grows by thirds: to draw anew after every one of hundreds
      // would cost more than to show them.
      const count = this.#arrived.size
      const grown = count >= this.#shown * 1.3 && (this.#shown > 0 || count > this.recordings.length)
      if (count < this.samples.length && !grown) return
      this.#shown = count
      this.recordings = [...this.#arrived.values()]
    })
  }
}
