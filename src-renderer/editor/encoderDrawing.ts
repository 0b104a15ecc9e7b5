/** How the inputs of networks that evolve say a value: the count of spikes of each neuron over the range of an input. */
import { codeProblem } from '../../src-core/neuroprocessor/inputSpikes.ts'
import { spikeCodes, type SpikeCountCode, spikeCounts } from '../../src-core/neuroprocessor/spikeCounts.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { middleConfiguration } from '../../src-core/study/spreadConfigurations.ts'
import { resolveHyperparameters } from '../../src-core/study/resolveHyperparameters.ts'

interface EncoderDrawing extends SpikeCountCode {
  /** [neuron][place]: counts at values spread evenly from the lowest to the highest. */
  readonly counts: readonly (readonly number[])[]
}

const lastPlace = 120

/** Every code that a study may use, with its other settings in the middle of what is searched. */
export const encoderDrawings = (definition: StudyDefinition): readonly EncoderDrawing[] => {
  const middle = resolveHyperparameters(definition, middleConfiguration(definition))
  const searched = definition.space['code']
  return spikeCodes
    .filter((code) => (searched?.type === 'categorical' ? searched.choices.includes(code) : code === middle['code']))
    .map((code) => {
      const neurons = Number(middle['neuronsPerInput'])
      // The middle of a range may be none of this code's numbers of neurons.
      const fits = codeProblem({ code, neuronsPerInput: neurons }) === undefined
      const drawn = { code, neuronsPerInput: fits ? neurons : neurons + 1, maxSpikes: Number(middle['maxSpikes']) }
      const places = Array.from({ length: lastPlace + 1 }, (_, place) =>
        spikeCounts(drawn, place / lastPlace, { low: 0, high: 1 }),
      )
      const counts = Array.from({ length: drawn.neuronsPerInput }, (_, neuron) => places.map((one) => one[neuron] ?? 0))
      return { ...drawn, counts }
    })
}

/** The counts of a neuron as steps, in a box of this size. */
export const countPath = (
  counts: readonly number[],
  most: number,
  [width, height]: readonly [number, number],
): string =>
  counts
    .map((count, place) => {
      const x = ((place / (counts.length - 1)) * width).toFixed(1)
      const y = (height - (count / most) * height).toFixed(1)
      return place === 0 ? `M${x},${y}` : `H${x}V${y}`
    })
    .join('')
