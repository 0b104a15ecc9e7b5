/** One network, whose inputs spike so often that 500 samples are about a million spikes. */
export const millionSpikes = {
  version: 2,
  name: 'one',
  dataset: { name: 'mnist', trainSamples: 400, testSamples: 600 },
  encoding: { maximumRateHz: 255 },
  network: { type: 'diehl-cook' },
  training: { algorithm: 'post-pre', updateInterval: 100 },
  space: { mapSize: { type: 'integer', low: 60, high: 61 } },
  fixed: { strengthExcitatory: 200, weightNorm: 120, strengthInhibitory: 300, thresholdExcitatoryMv: -60 },
  silence: { stopEarly: false, interval: 50, layers: [{ layer: 'excitatory', alpha: 5, beta: 0.05 }] },
  optimiser: { type: 'sobol' },
  budget: { trials: 2 },
  keepNetworks: 1,
  workers: 2,
}
