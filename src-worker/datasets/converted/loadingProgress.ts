/**
 * Told how far loading a dataset has come; may throw to call it off.
 * @param isWaiting another process converts the dataset, and this one waits for it
 */
export type LoadingProgress = (samplesDone: number, samplesPlanned: number, isWaiting?: boolean) => Promise<void>
