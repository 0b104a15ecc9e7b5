/**
 * What networks that evolve take, by a few populations of the study that evolved for a moment:
 *
 *   t(x) = (a + b s(x)) q n / n0     time to judge a network that runs s steps for each of n samples or episodes, of which n0 were
 *                                    shown when it was measured
 *
 * a and b, none below 0, are of the line of least squares through the measured populations. How far they lie off that line is
 * up to their encoding and their synapses, and known of them only: each configuration is off it by as much (q) as one of them, by
 * turns, so that the range is that of cheap and dear ones.
 *
 * In a control task a network that does better acts for longer, or is done sooner, and later generations do better than the first ones
 * that were measured: they are taken to be half way to the best of those, which is what the test measured.
 */
import { sizeOf } from '../encoding/inputEvents.ts'
import type { NetworkInput } from '../layered/networkPlan.ts'
import type { Configuration } from '../space/parameter.ts'

export interface EvolvedSpeed {
  readonly hyperparameters: Configuration
  readonly samplesAtMost: number
  /** Of each network judged. */
  readonly trainMsPerSample: number
  readonly testMsPerSample: number
}

const numberIn = (hyperparameters: Configuration, name: string): number => {
  const value = hyperparameters[name]
  return typeof value === 'number' ? value : 1
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The line of least squares, with neither a negative slope nor a negative value at 0. */
const risingLine = (points: readonly (readonly [x: number, y: number])[]): ((x: number) => number) => {
  const middleX = mean(points.map(([x]) => x))
  const middleY = mean(points.map(([, y]) => y))
  const across = mean(points.map(([x]) => (x - middleX) ** 2))
  const along = mean(points.map(([x, y]) => (x - middleX) * (y - middleY)))
  const slope = across === 0 ? 0 : Math.min(middleY / middleX, Math.max(0, along / across))
  return (x) => middleY + slope * (x - middleX)
}

/** Of a configuration at its place among many. @param measured one population at least */
export const evolvedCosts = (
  measured: readonly EvolvedSpeed[],
  {
    trainSamples,
    input,
    acts,
  }: { readonly trainSamples: number; readonly input: NetworkInput; readonly acts: boolean },
) => {
  const stepsOf = (hyperparameters: Configuration): number => numberIn(hyperparameters, 'runSteps')
  const shown = measured.map((one) => {
    const times = trainSamples / Math.min(trainSamples, one.samplesAtMost)
    const judged = one.trainMsPerSample * times
    const train = acts ? (judged + trainSamples * one.testMsPerSample) / 2 : judged
    return { steps: stepsOf(one.hyperparameters), train, test: one.testMsPerSample }
  })
  const lines = {
    train: risingLine(shown.map(({ steps, train }) => [steps, train])),
    test: risingLine(shown.map(({ steps, test }) => [steps, test])),
  }
  return (hyperparameters: Configuration, place: number) => {
    const like = shown[place % shown.length]
    const at = (of: 'train' | 'test'): number =>
      like === undefined ? Number.NaN : (lines[of](stepsOf(hyperparameters)) * like[of]) / lines[of](like.steps)
    const generations = numberIn(hyperparameters, 'generations')
    return {
      shown: generations * numberIn(hyperparameters, 'populationSize'),
      train: at('train'),
      test: at('test'),
      bytes: evolvedBytes(
        hyperparameters,
        generations,
        sizeOf(input.shape) * numberIn(hyperparameters, 'neuronsPerInput'),
      ),
    }
  }
}

/** Four numbers of 8 bytes for each neuron and synapse of a network as it began, the record of each generation as text, a header. */
const evolvedBytes = (hyperparameters: Configuration, generations: number, inputs: number): number => {
  const own = numberIn(hyperparameters, 'startingNeurons') + numberIn(hyperparameters, 'startingSynapses')
  return 2048 + 32 * (inputs + own) + 130 * generations
}
