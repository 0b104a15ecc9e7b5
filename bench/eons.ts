/**
 * Speed of the neuromorphic processor, `npm run bench -- eons`: events (amounts added to charges) per second on the golden networks
 * of iris and wine, beside a plain JavaScript prototype (bench/eons/prototype.ts), alternated in the same run. Both show every
 * sample from no activity; their output counts must be the golden ones. Run in the project's folder.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { firstGeneration } from '../src-core/evolution/nextGeneration.ts'
import { evolutionSchema } from '../src-core/evolution/parameters.ts'
import { createTemplate } from '../src-core/evolution/template.ts'
import { networkRanges } from '../src-core/neuroprocessor/processor.ts'
import { Neuroprocessor } from '../src-worker/engines/neuroprocessor/neuroprocessor.ts'
import { inputAmount } from '../src-worker/engines/neuroprocessor/amounts.ts'
import { type ClassifyCase, classifyCase, samplesOf } from '../test/oracles/neuroprocessor/goldenNetworks.ts'
import { Prototype } from './eons/prototype.ts'

const rounds = 15
const secondsPerRound = 0.25

interface Pass {
  readonly counts: ArrayLike<number>
  readonly events: number
}

const module = new WebAssembly.Module(readFileSync('out/kernels/neuroprocessor.wasm'))

const kernelPass = (golden: ClassifyCase): (() => Pass) => {
  const processor = new Neuroprocessor(module, golden.settings)
  processor.setSamples(samplesOf(golden))
  processor.load(golden.network)
  const range = { from: 0, to: golden.inputCounts.length, steps: golden.steps }
  return () => {
    const { outputCounts, accumulates } = processor.runSamples(range)
    return { counts: outputCounts, events: accumulates }
  }
}

const prototypePass = (golden: ClassifyCase): (() => Pass) => {
  const { offsets, steps, inputs, values } = samplesOf(golden)
  const order = [...steps.keys()]
  for (const [sample, from] of offsets.slice(0, -1).entries()) {
    const to = offsets[sample + 1] ?? from
    const sorted = order.slice(from, to).sort((one, other) => (steps[one] ?? 0) - (steps[other] ?? 0))
    order.splice(from, to - from, ...sorted)
  }
  const amountOf = inputAmount(golden.settings)
  const samples = {
    offsets: Uint32Array.from(offsets),
    steps: Int32Array.from(order, (spike) => steps[spike] ?? 0),
    inputs: Int32Array.from(order, (spike) => inputs[spike] ?? 0),
    amounts: Int32Array.from(order, (spike) => amountOf(values[spike] ?? 0)),
  }
  const prototype = new Prototype(golden.network, golden.settings.minPotential)
  const counts = new Uint32Array(golden.inputCounts.length * golden.network.outputs.length)
  return () => ({ counts, events: prototype.show(samples, golden.steps, counts) })
}

/** Events per second of processor time: a machine that does other things as well tells less than half of it by the clock. */
const speedOf = (pass: () => Pass, passes: number): number => {
  const start = process.cpuUsage()
  let events = 0
  for (let done = 0; done < passes; done++) events += pass().events
  return (1e6 * events) / process.cpuUsage(start).user
}

/** How many passes take about `secondsPerRound`, once the compiler has optimised. */
const warmUp = (pass: () => Pass): number => {
  const start = performance.now()
  let passes = 0
  for (; performance.now() - start < 2000 * secondsPerRound; passes++) pass()
  return Math.max(1, Math.round(passes / 2))
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN

const measure = (name: 'Iris' | 'Wine') => {
  const golden = classifyCase(name, new URL('../../test/golden/eons/', import.meta.url))
  const passes = { kernel: kernelPass(golden), prototype: prototypePass(golden) }
  const found = { kernel: passes.kernel(), prototype: passes.prototype() }
  const expected = golden.outputCounts.flat().join()
  for (const [what, { counts }] of Object.entries(found)) {
    if (Array.from(counts).join() !== expected) throw new Error(`${name}: the ${what} has other output counts`)
  }
  if (found.kernel.events !== found.prototype.events) throw new Error(`${name}: the events differ`)
  const repeats = { kernel: warmUp(passes.kernel), prototype: warmUp(passes.prototype) }
  const speeds = Array.from({ length: rounds }, () => ({
    prototype: speedOf(passes.prototype, repeats.prototype),
    kernel: speedOf(passes.kernel, repeats.kernel),
  }))
  const ratios = speeds.map(({ kernel, prototype }) => kernel / prototype)
  const kernel = median(speeds.map((speed) => speed.kernel))
  const perSample = found.kernel.events / golden.inputCounts.length
  return {
    network: name,
    'kernel, events/s': kernel.toExponential(2),
    'samples/s': Math.round(kernel / perSample),
    'prototype, events/s': median(speeds.map(({ prototype }) => prototype)).toExponential(2),
    ratio: median(ratios).toFixed(2),
    least: Math.min(...ratios).toFixed(2),
    most: Math.max(...ratios).toFixed(2),
  }
}

/** Networks per second of processor time: each loaded, then shown 100 samples of iris. */
const evaluations = (): number => {
  const golden = classifyCase('Iris', new URL('../../test/golden/eons/', import.meta.url))
  const networks = firstGeneration({
    template: createTemplate(golden.network.inputs.length, golden.network.outputs.length),
    ranges: networkRanges(golden.settings),
    parameters: evolutionSchema.parse({ populationSize: 200 }),
    seed: 1,
  })
  const processor = new Neuroprocessor(module, golden.settings)
  processor.setSamples(samplesOf(golden))
  const evaluate = (): void => {
    for (const network of networks) {
      processor.load(network)
      processor.runSamples({ from: 0, to: 100, steps: golden.steps })
    }
  }
  evaluate()
  const times = Array.from({ length: rounds }, () => {
    const start = process.cpuUsage()
    evaluate()
    return process.cpuUsage(start).user
  })
  return Math.round((1e6 * networks.length) / median(times))
}

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, one core; medians of ${rounds} rounds, alternated`)
console.table([measure('Iris'), measure('Wine')])
console.log(`${evaluations()} random networks a second, each loaded and shown 100 samples of iris`)
