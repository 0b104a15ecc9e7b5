/** A study that nobody trained, with everything that a database can hold, to be damaged. */
import { readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { noAnnotation } from '../../src-core/progress/readModel.ts'
import { createGenerator, type RandomGenerator } from '../../src-core/random/generator.ts'
import type { Measurement, Outcome } from '../../src-core/trial/measurement.ts'
import { trialNumber, type WaitingTrial } from '../../src-core/trial/trial.ts'
import { transition } from '../../src-core/trial/transition.ts'
import type { Clock } from '../../src-main/scheduler/clock.ts'
import { StudyStore } from '../../src-main/storage/studyStore.ts'

export interface SmallStudy {
  /** Its database, closed: nothing is left in a log. */
  readonly file: string
  /** The database as it was when half of the trials were there. */
  readonly older: Uint8Array
}

/** @param file the database to make @param trials finished ones */
export const makeSmallStudy = (file: string, clock: Clock, trials = 24): SmallStudy => {
  const generator = createGenerator(1)
  StudyStore.create(
    file,
    { name: 'small', definition, source: `# mine\n${definition}`, applicationVersion: '0' },
    clock,
  )
  addTrials(file, clock, generator, [0, trials / 2])
  const older = readFileSync(file)
  addTrials(file, clock, generator, [trials / 2, trials])
  return { file, older }
}

const definition = Array.from({ length: 60 }, (_, line) => `line${line}: ${line * 17}`).join('\n')

const addTrials = (file: string, clock: Clock, generator: RandomGenerator, [first, end]: [number, number]): void => {
  const store = StudyStore.open(file, clock)
  store.stateChanged({ kind: 'running' }, first * 10)
  for (let number = first; number < end; number++) addTrial(store, number, generator)
  store.asked(waitingTrial(end * 100 + first, generator))
  store.annotated(first, { ...noAnnotation, note: 'odd, but good', tags: ['odd'] }, 'annotated')
  store.annotated(first + 1, { ...noAnnotation, pinned: true }, 'pinned')
  store.annotated(first + 2, { ...noAnnotation, excluded: true }, 'excluded')
  store.networksForgotten([first + 3])
  const runs = [1, 2].map((seed) => ({ trial: first, seed, outcome: null }))
  store.confirmationBegun({ id: first + 1, startedAtMs: 5, state: 'running', message: null, runs })
  store.confirmationRun(first + 1, 0, {
    kind: 'measured',
    accuracy: generator.next(),
    constraints: [],
    metrics: { accuracy: generator.next() },
    stopped: false,
    durationMs: 12,
  })
  store.stateChanged({ kind: 'paused' }, end * 10)
  store.close()
}

const waitingTrial = (number: number, generator: RandomGenerator): WaitingTrial => ({
  state: 'waiting',
  number: trialNumber(number),
  configuration: { mapSize: 10 + generator.below(30), decoder: 'vote', thresholdExcitatoryMv: -50 - generator.next() },
  seed: generator.below(2 ** 32),
  explanation: { method: 'sobol', point: [generator.next(), generator.next()] },
  attempt: 0,
  createdAtMs: 1_796_000_000_000 + number,
})

/** A trial that was asked for, began and ended. */
export const addTrial = (store: StudyStore, number: number, generator: RandomGenerator): void => {
  const waiting = waitingTrial(number, generator)
  store.asked(waiting)
  const running = transition(waiting, { kind: 'claimed', worker: 'cpu-0', atMs: 1_796_000_000_000 + number })
  store.moved(running, 'claimed', number)
  const outcome = outcomeOf(number, generator)
  const end = { atMs: 1_796_000_001_000 + number, durationMs: 1000, toldOrder: number }
  store.moved(transition(running, { kind: 'finished', outcome, ...end }), 'finished', number)
}

const outcomeOf = (number: number, generator: RandomGenerator): Outcome => {
  if (number % 7 === 6) return { kind: 'failed', failure: { reason: 'non-finite', message: 'a weight became NaN' } }
  const measurement = measured(number, generator)
  if (number % 3 !== 2) return { kind: 'complete', measurement }
  if (number % 2 === 0) {
    const stop = { kind: 'pruned', rule: 'median', epoch: 1, accuracy: 0.3, threshold: 0.5, trials: 4 } as const
    return { kind: 'stopped', measurement, stop }
  }
  const silence = { layer: 'excitatory', epoch: 0, sample: 90, nonSpiking: 80, trainSamples: 300, alpha: 1, beta: 0.2 }
  return { kind: 'stopped', measurement, stop: { kind: 'silence', ...silence } }
}

const measured = (number: number, generator: RandomGenerator): Measurement => ({
  objective: generator.next(),
  metrics: { accuracy: generator.next(), spikesPerSample: generator.next() * 100 },
  constraints: [
    { name: 'silence:excitatory', value: generator.next() - 0.5 },
    { name: 'silence:inhibitory', value: generator.next() - 0.5 },
  ],
  trainDurationMs: generator.below(10_000),
  testDurationMs: generator.below(1000),
  samplesTrained: 90,
  samplesPlanned: 300,
  intervals: [0, 1, 2].map((look) => ({
    epoch: 0,
    sample: 100 * (look + 1),
    trainAccuracy: look === 0 ? null : generator.next(),
    nonSpiking: [generator.below(100), generator.below(100)],
  })),
  spikeCounts: [
    {
      layer: 'excitatory',
      epoch: 0,
      samples: 300,
      deflated: deflateSync(Uint8Array.from({ length: 600 }, () => generator.below(16))),
    },
  ],
  confusion: [0, 1, 2].map(() => [generator.below(50), generator.below(50), generator.below(50)]),
  networkFile: `trial-${String(number).padStart(6, '0')}.safetensors`,
  networkSha256: 'ab'.repeat(32),
  datasetSha256: 'cd'.repeat(32),
})
