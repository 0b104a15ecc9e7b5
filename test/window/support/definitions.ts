const common = (name: string) => ({
  version: 2,
  name,
  network: { type: 'diehl-cook' },
  training: { algorithm: 'post-pre', updateInterval: 100 },
  space: {
    mapSize: { type: 'integer', low: 40, high: 120 },
    strengthInhibitory: { type: 'real', low: 60, high: 600 },
    thresholdExcitatoryMv: { type: 'real', low: -62, high: -20 },
  },
  fixed: { strengthExcitatory: 200, weightNorm: 120 },
  silence: {
    interval: 50,
    layers: [
      { layer: 'excitatory', alpha: 5, beta: 0.05 },
      { layer: 'inhibitory', alpha: 1, beta: 0.05 },
    ],
  },
  optimiser: { type: 'sobol' },
  workers: 2,
})

/** Ends within seconds, with complete and with silent trials. */
export const quickStudy = {
  ...common('quick'),
  dataset: { name: 'mnist', trainSamples: 400, testSamples: 200 },
  budget: { trials: 12 },
}

/** Never ends by itself; its trials take part of a second. */
export const longStudy = {
  ...common('long'),
  dataset: { name: 'mnist', trainSamples: 400, testSamples: 200 },
  budget: { trials: 100_000 },
}

/** Trials that take many seconds each: there is always one under way. */
export const slowStudy = {
  ...common('slow'),
  dataset: { name: 'mnist', trainSamples: 20_000, testSamples: 200 },
  space: { mapSize: { type: 'integer', low: 200, high: 400 } },
  fixed: { strengthExcitatory: 200, weightNorm: 120, strengthInhibitory: 300, thresholdExcitatoryMv: -60 },
  budget: { trials: 100 },
}
