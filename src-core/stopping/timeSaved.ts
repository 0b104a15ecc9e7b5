/** What is known of how far a network was trained. */
interface Trained {
  readonly samplesTrained: number
  readonly samplesPlanned: number
}

/**
 * Whether training ended before its last sample: only then was a trial stopped early. One that is found silent at its very end
 * has saved nothing: it is complete, and infeasible.
 */
export const endedEarly = ({ samplesTrained, samplesPlanned }: Trained): boolean => samplesTrained < samplesPlanned

/**
 * Training time that ending early saved, in milliseconds: the samples left out, at the pace of those trained on. An
 * estimate; a network that has learned to spike more may slow down.
 */
export const timeSavedMs = (trainDurationMs: number, samplesTrained: number, samplesPlanned: number): number => {
  if (samplesTrained <= 0) return 0
  return (Math.max(0, trainDurationMs) / samplesTrained) * Math.max(0, samplesPlanned - samplesTrained)
}

/**
 * What was saved as a share of the time that trials would have taken without stopping any: of all of their time, loading and tests
 * among it. The replay of the rule has its share of training alone, and says so.
 */
export const shareSaved = (spentMs: number, savedMs: number): number =>
  spentMs + savedMs === 0 ? 0 : savedMs / (spentMs + savedMs)
