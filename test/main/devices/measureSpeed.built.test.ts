import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { measureSpeed } from '../../../src-main/devices/measureSpeed.ts'
import { createChildProcessHost } from '../../../src-main/workers/childProcessHost.ts'

const host = createChildProcessHost(new URL('../../../out/main/worker.js', import.meta.url))
const machine = { cores: 2, gpus: ['gpu0'] }
const definition = (dataset: string) =>
  decodeDefinition(
    `version: 2
name: speed
dataset: ${dataset}
network: { type: diehl-cook }
training: { algorithm: post-pre }
space: { mapSize: { type: integer, low: 20, high: 400 } }
silence: { layers: [{ layer: excitatory, alpha: 5, beta: 0.01 }] }
budget: { trials: 10 }
`,
    'test',
  )

describe('the measured speed', () => {
  it('is that of a small and a large network of the space, silent or not', async () => {
    const { networks, cores, gpus } = await measureSpeed(host, definition('{ name: mnist }'), machine)
    expect({ cores, gpus }).toEqual(machine)
    const [small, large] = networks
    expect(small?.subject).toSatisfy(({ mapSize }: { mapSize: number }) => mapSize < 70)
    expect(large?.subject).toSatisfy(({ mapSize }: { mapSize: number }) => mapSize > 350)
    expect(small?.samples).toBe(1500)
    expect(large?.samples).toBeLessThan(1500)
    // Which of the two took longer is up to what else the machine did.
    for (const network of [small, large]) {
      expect(network?.trainMsPerSample).toSatisfy((value: number) => value > 0 && value < Infinity)
      expect(network?.testMsPerSample).toSatisfy((value: number) => value > 0 && value < Infinity)
    }
  })

  it('is that of the middle of a space of layered networks', async () => {
    const layered = decodeDefinition(
      `version: 2
name: speed
dataset: { name: mnist }
encoding: { steps: 8 }
network: { type: layered, layers: [{ name: hidden, type: dense }, { name: output, type: dense }] }
training: { algorithm: surrogate-gradient }
space: { hidden.neurons: { type: integer, low: 20, high: 60 } }
budget: { trials: 10 }
`,
      'test',
    )
    const { networks } = await measureSpeed(host, layered, machine)
    expect(networks).toMatchObject([{ subject: { type: 'layered', hyperparameters: { 'hidden.neurons': 40 } } }])
    expect(networks[0]?.samples).toBe(200)
    expect(networks[0]?.trainMsPerSample).toBeGreaterThan(0)
  })

  it('is that of some populations that evolve, of configurations that can be, shown samples or acting', async () => {
    const evolved = (dataset: string) =>
      decodeDefinition(
        `version: 2
name: speed
dataset: ${dataset}
network: { type: neuroprocessor }
training: { algorithm: eons }
space: { neuronsPerInput: { type: integer, low: 1, high: 6 } }
fixed: { generations: 3, populationSize: 300, elites: 10 }
silence: { layers: [{ layer: population, alpha: 1, beta: 0.01 }] }
budget: { trials: 10 }
replicates: 10
`,
        'test',
      )
    for (const dataset of [
      '{ name: iris, trainFraction: 0.6 }',
      '{ name: cart-pole, episodes: 2, maximumSteps: 50 }',
    ]) {
      const { networks } = await measureSpeed(host, evolved(dataset), machine)
      expect(networks).toHaveLength(6)
      for (const { subject, samples, trainMsPerSample, testMsPerSample } of networks) {
        if (subject.type !== 'neuroprocessor') throw new Error('networks that evolve')
        // Flip-flop takes an even number of neurons.
        expect(Number(subject.hyperparameters['neuronsPerInput']) % 2).toBe(0)
        // One to three generations of 200 of the 300 networks, replicated not at all.
        expect([200, 400, 600]).toContain(samples)
        expect(trainMsPerSample * testMsPerSample).toBeGreaterThan(0)
      }
    }
  })

  it('says why it is not known', async () => {
    const missing = definition('{ name: idx, folder: /nowhere }')
    await expect(measureSpeed(host, missing, machine)).rejects.toThrow(/could not be measured: .*\/nowhere/s)
  })
})
