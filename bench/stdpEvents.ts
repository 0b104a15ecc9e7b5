/**
 * Speed of the STDP engine on events of a camera of 128 x 128 places, `npm run bench -- stdpEvents`: the network of
 * experiment 2 (32,768 inputs, inhibition by distance, all spikes kept, 100 frames), with learning and normalisation, on
 * random events and on the recordings in ../shared/datasets/events, where they are. Times are those on the processor.
 * Run in the project's folder.
 */
import { existsSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { binEvents, type Binning } from '../src-core/encoding/binEvents.ts'
import { type InputEvents, sizeOf } from '../src-core/encoding/inputEvents.ts'
import { defaultDiehlCookParameters } from '../test/worker/engines/diehlCook/defaultParameters.ts'
import type { DiehlCookParameters } from '../src-core/diehlCook/diehlCookParameters.ts'
import { initialWeights, presentationSeeds } from '../src-core/diehlCook/diehlCookNetwork.ts'
import { createGenerator } from '../src-core/random/generator.ts'
import { readSaccadeEvents } from '../src-worker/datasets/formats/saccadeEvents.ts'
import { gestureShape } from '../src-worker/datasets/sources/dvsGesture.ts'
import { configureKernel } from '../src-worker/engines/diehlCook/configuration.ts'
import { instantiateKernel } from '../src-worker/engines/diehlCook/kernel.ts'
import { KernelNetwork } from '../src-worker/engines/diehlCook/network.ts'

const inputSize = sizeOf(gestureShape)
const encoding = { kind: 'bernoulli', maximumRateHz: 0, steps: 100 } as const
const shown = 12

/** A point of experiment 2's space where networks spike. */
const parameters: DiehlCookParameters = {
  ...defaultDiehlCookParameters,
  inputSize,
  learningRatePre: 1e-3,
  learningRatePost: 1e-2,
  strengthExcitatory: 100,
  strengthInhibitory: 60,
  weightNorm: 6000,
  thresholdExcitatoryMv: -20,
  restExcitatoryMv: -80,
  thetaPlusMv: 1,
  tauMembraneExcitatoryMs: 1000,
  tauTraceMs: 500,
  thresholdInhibitoryMv: 0,
  restInhibitoryMv: -70,
  refractoryInhibitoryMs: 20,
  tauMembraneInhibitoryMs: 500,
  oneSpike: 'off',
  inhibition: 'distance',
  resetIntervalSteps: 50,
}

/** Spikes at random places, `perStep` in each step. */
const randomSample = (perStep: number, seed: number): InputEvents => {
  const { next } = createGenerator(seed)
  const steps = Array.from({ length: encoding.steps }, () =>
    [...new Set(Array.from({ length: perStep }, () => Math.floor(next() * inputSize)))].sort((a, b) => a - b),
  )
  return {
    steps: Uint16Array.from(steps.flatMap((inputs, step) => inputs.map(() => step))),
    inputs: Uint32Array.from(steps.flat()),
    values: null,
  }
}

const recorded = (): InputEvents[] => {
  const binning: Binning = {
    type: 'binning',
    windowStartMs: 0,
    windowMs: 1450,
    steps: encoding.steps,
    bins: 'or',
    pooling: 1,
    denoiseMs: 5,
  }
  return ['dvs-gesture-1.bs2', 'dvs-gesture-2.bs2'].flatMap((name) => {
    const file = join('..', 'shared', 'datasets', 'events', name)
    if (!existsSync(file)) return []
    const events = readSaccadeEvents(readFileSync(file), gestureShape, { file, advice: '' })
    return [binEvents(events, binning, gestureShape)]
  })
}

const rounded = (value: number): number => Number(value.toFixed(1))

const measure = (name: string, neurons: number, samples: readonly InputEvents[]): Record<string, string | number> => {
  const kernel = instantiateKernel(module)
  const own = { ...parameters, neurons }
  configureKernel(kernel, own, encoding)
  const network = new KernelNetwork(kernel, own, encoding.steps)
  network.setWeights(initialWeights(inputSize, neurons, 1))
  const parts = { layers: 0, learning: 0, normalisation: 0, whole: 0 }
  const timed = (part: keyof typeof parts, work: () => void): void => {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    parts[part] += (user + system) / 1000 / shown
  }
  const sampleOf = (index: number): InputEvents => samples[index % samples.length] ?? randomSample(0, 0)
  for (let index = 0; index < 4; index++) network.presentSpikes(sampleOf(index), index, true)
  let spikes = 0
  for (let index = 0; index < shown; index++) {
    timed('whole', () => network.presentSpikes(sampleOf(index), index, true))
    spikes += network.excitatorySpikeTotal / shown
    const seeds = presentationSeeds(index)
    kernel.begin(...seeds.oneSpike, 0)
    timed('layers', () => kernel.run(encoding.steps))
    kernel.begin(...seeds.oneSpike, 1)
    timed('learning', () => kernel.run(encoding.steps))
    timed('normalisation', () => kernel.normalise())
  }
  const { layers, learning, normalisation, whole } = parts
  return {
    events: name,
    neurons,
    'input spikes': Math.round(samples.reduce((sum, { inputs }) => sum + inputs.length, 0) / samples.length),
    'output spikes': Math.round(spikes),
    'samples/s': rounded(1000 / whole),
    'layers, ms': rounded(layers),
    'plasticity, ms': rounded(learning - layers),
    'normalisation, ms': rounded(normalisation),
    'events into place and the rest, ms': rounded(whole - learning - normalisation),
  }
}

const module = new WebAssembly.Module(readFileSync(join('out', 'kernels', 'stdp.wasm')))
const sources = { random: [randomSample(150, 1), randomSample(150, 2)], recorded: recorded() }
console.log(`${cpus()[0]?.model ?? 'unknown processor'}, one core; means of ${shown} samples`)
const rows = Object.entries(sources).flatMap(([name, samples]) =>
  samples.length === 0 ? [] : [50, 200, 500].map((neurons) => measure(name, neurons, samples)),
)
console.table(rows)
