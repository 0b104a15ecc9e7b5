import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { type ObjectiveMetric, spikesOf } from '../../src-core/study/metricSchema.ts'

interface Asked {
  readonly metric: ObjectiveMetric
  readonly layer: string
  /** Null: all classes. */
  readonly label: number | null
  spikes: number
  samples: number
}

/** Mean spikes of single layers, of all samples or of those of a class, where a study searches for them or limits them. */
export class AskedSpikes {
  readonly #asked: readonly Asked[]

  constructor({ objective, constraints }: Pick<StudyDefinition, 'objective' | 'constraints'>) {
    const metrics = new Set([objective.metric, ...constraints.map(({ metric }) => metric)])
    this.#asked = [...metrics].flatMap((metric) => {
      const spikes = spikesOf(metric)
      return spikes === null ? [] : [{ metric, ...spikes, spikes: 0, samples: 0 }]
    })
  }

  /** A sample that was shown in the test. @param label its class @param spikesIn spikes of the sample in a layer */
  add(label: number, spikesIn: (layer: string) => number): void {
    for (const one of this.#asked) {
      if (one.label !== null && one.label !== label) continue
      one.spikes += spikesIn(one.layer)
      one.samples++
    }
  }

  /** @throws {SpiketuneError} definition-invalid when no sample is of a class that is asked for */
  perSample(): Record<string, number> {
    return Object.fromEntries(
      this.#asked.map(({ metric, label, spikes, samples }) => {
        if (samples === 0) {
          throw new SpiketuneError(
            'definition-invalid',
            `The study asks for ${metric}, but none of the samples that it is measured on is of class ${label}.`,
          )
        }
        return [metric, spikes / samples]
      }),
    )
  }
}
