import { describe, expect, it } from 'vitest'
import { syntheticDefinition, syntheticTrials } from '../../bench/window/syntheticStudy.ts'
import { decodeDefinition } from '../../src-core/study/decodeDefinition.ts'
import { definitionToYaml } from '../../src-core/study/definitionToYaml.ts'
import { validateConfiguration } from '../../src-core/space/validateConfiguration.ts'

describe('a synthetic study', () => {
  const options = { trials: 1000, interval: 4800 }
  const definition = syntheticDefinition(options)
  const trials = syntheticTrials(definition, options)

  it('is of a definition that is read back', () => {
    expect(decodeDefinition(definitionToYaml(definition), 'synthetic')).toEqual(definition)
  })

  it('lies in the space of its definition, and is the same for the same seed', () => {
    expect(trials.flatMap(({ configuration }) => validateConfiguration(definition.space, configuration))).toEqual([])
    expect(syntheticTrials(definition, options)).toEqual(trials)
    expect(syntheticTrials(definition, { ...options, seed: 2 })).not.toEqual(trials)
  })

  it('is spread as a real search is: most stopped early, few failed, 16 workers without overlap', () => {
    const share = (state: string): number => trials.filter((trial) => trial.state === state).length / trials.length
    expect(share('stopped')).toBeCloseTo(0.7, 1)
    expect(share('failed')).toBeCloseTo(0.02, 1)
    expect(new Set(trials.map(({ worker }) => worker)).size).toBe(16)
    const freeAt = new Map<string, number>()
    for (const { worker, startedAtMs, endedAtMs } of trials) {
      expect(startedAtMs).toBeGreaterThanOrEqual(freeAt.get(worker) ?? 0)
      freeAt.set(worker, endedAtMs)
    }
  })

  it('stops a trial exactly where a constraint is broken, and tells in the order of ends', () => {
    for (const trial of trials) {
      if (trial.state === 'failed') continue
      const broken = trial.measurement.constraints.some(({ value }) => value > 0)
      expect(broken, `trial ${trial.number}`).toBe(trial.state === 'stopped')
    }
    const told = [...trials].sort((a, b) => a.toldOrder - b.toldOrder).map(({ endedAtMs }) => endedAtMs)
    expect(told).toEqual([...told].sort((a, b) => a - b))
  })
})
