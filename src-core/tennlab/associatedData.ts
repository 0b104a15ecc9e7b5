/**
 * What TENNLab's files say beside a network: the processor, the task, how values become spikes and spikes an answer, and how it
 * was evolved. The names are those of public configurations (eons.md sections 1 to 5); `within` is written as the kind of
 * encoder. What they have no name for is kept under names of ours: `app_params` has how samples are shared out.
 */
import { controlTaskOf } from '../control/controlDataset.ts'
import type { InputEncoding } from '../neuroprocessor/inputSpikes.ts'
import type { ProcessorSettings } from '../neuroprocessor/processor.ts'
import type { InputRange } from '../neuroprocessor/spikeCounts.ts'
import type { Seed } from '../random/seed.ts'
import type { Configuration } from '../space/parameter.ts'
import type { StudyDefinition } from '../study/definition.ts'
import { neuroprocessorHyperparameters } from '../study/neuroprocessorHyperparameters.ts'
import { neuroprocessorValues } from '../study/neuroprocessorValues.ts'
import { neuroprocessorParts } from '../study/studyKinds.ts'
import { decoderNames, encoderKinds, spikeCodeNames } from './names.ts'

interface TrialOfNetwork {
  readonly definition: StudyDefinition
  /** Resolved. */
  readonly hyperparameters: Configuration
  readonly seed: Seed
  /** Of the values that a network is shown; null: of a file of an older version, which does not say them. */
  readonly ranges: readonly InputRange[] | null
  readonly outputs: number
}

export const associatedDataOf = ({ definition, hyperparameters, seed, ranges, outputs }: TrialOfNetwork) => {
  const { training } = neuroprocessorParts(definition)
  const { encoding, outputDecoder, processor } = neuroprocessorValues(hyperparameters, training)
  const { dataset, objective, seeds } = definition
  const isControl = controlTaskOf(dataset) !== null
  return {
    proc_params: processorParameters(processor),
    app_params: {
      dataset: dataset.name,
      ...(isControl && dataset.name === 'cart-pole' ? { level: dataset.level ?? 'easy' } : {}),
      ...named('label_column', dataset.labelColumn),
      ...named('episodes', dataset.episodes),
      ...named('maximum_steps', dataset.maximumSteps),
      ...(isControl ? {} : { train_fraction: dataset.trainFraction }),
      ...named('train_samples', dataset.trainSamples),
      ...named('test_samples', dataset.testSamples),
      split: objective.split,
      split_seed: seeds.split,
      ...(isControl ? { activity: neuroprocessorParts(definition).network.activity } : {}),
    },
    encoder_array: encoderArray(encoding, ranges),
    decoder_array: {
      decoders: [
        outputDecoder === 'rate' ? { rate: { discrete: true } } : { [decoderNames[outputDecoder]]: { outputs } },
      ],
      ...(outputDecoder === 'rate' ? { divisor: encoding.runSteps } : {}),
    },
    eons_params: evolutionParameters(hyperparameters, seed),
    other: {
      proc_name: processor.type,
      app_name: dataset.name,
      sim_time: encoding.runSteps,
      timeseries: false,
    },
  }
}

const named = (name: string, value: number | string | undefined) => (value === undefined ? {} : { [name]: value })

const processorParameters = (settings: ProcessorSettings): Readonly<Record<string, unknown>> => {
  if (settings.type === 'caspian') {
    return {
      Leak_Enable: settings.leakEnable,
      Min_Leak: settings.minLeak,
      Max_Leak: settings.maxLeak,
      Min_Weight: settings.minWeight,
      Max_Weight: settings.maxWeight,
      Min_Threshold: settings.minThreshold,
      Max_Threshold: settings.maxThreshold,
      Min_Synapse_Delay: settings.minSynapticDelay,
      Max_Synapse_Delay: settings.maxSynapticDelay,
      Min_Axon_Delay: settings.minAxonalDelay,
      Max_Axon_Delay: settings.maxAxonalDelay,
    }
  }
  return {
    discrete: settings.discrete,
    min_weight: settings.minWeight,
    max_weight: settings.maxWeight,
    min_threshold: settings.minThreshold,
    max_threshold: settings.maxThreshold,
    min_potential: settings.minPotential,
    max_delay: settings.maxDelay,
    leak_mode: settings.leakMode,
    run_time_inclusive: settings.runTimeInclusive,
    threshold_inclusive: settings.thresholdInclusive,
    fire_like_ravens: settings.fireLikeRavens,
    spike_value_factor: settings.spikeValueFactor ?? settings.maxWeight,
  }
}

const encoderArray = (
  { code, neuronsPerInput, within, maxSpikes, intervalSteps }: InputEncoding,
  ranges: readonly InputRange[] | null,
) => ({
  ...(ranges && { dmin: ranges.map(({ low }) => low), dmax: ranges.map(({ high }) => high) }),
  interval: intervalSteps,
  named_encoders: {
    values: { [encoderKinds[within]]: { [spikeCodeNames[code]]: neuronsPerInput, max_spikes: maxSpikes } },
  },
  ...(ranges && { use_encoders: ranges.map(() => 'values') }),
})

const evolutionParameters = (hyperparameters: Configuration, seed: Seed) => {
  const published = Object.entries(neuroprocessorHyperparameters).flatMap(([name, { group, publishedName }]) =>
    group === 'training' && publishedName !== null ? [[publishedName, hyperparameters[name]] as const] : [],
  )
  const { changeThreshold, changeLeak, changeAxonalDelay, changeWeight, changeDelay } = hyperparameters
  return {
    ...Object.fromEntries(published),
    multi_edges: 0,
    selection_type: 'tournament',
    node_mutations: { Threshold: changeThreshold, Leak: changeLeak, Delay: changeAxonalDelay },
    edge_mutations: { Weight: changeWeight, Delay: changeDelay },
    seed_eo: seed,
  }
}
