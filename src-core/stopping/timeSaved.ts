/**
 * Training time that ending early saved, in milliseconds: the samples left out, at the pace of those trained on. An
 * estimate; a network that has learned to spike more may slow down.
 */
export const timeSavedMs = (trainDurationMs: number, samplesTrained: number, samplesPlanned: number): number => {
  if (samplesTrained <= 0) return 0
  return (Math.max(0, trainDurationMs) / samplesTrained) * Math.max(0, samplesPlanned - samplesTrained)
}
