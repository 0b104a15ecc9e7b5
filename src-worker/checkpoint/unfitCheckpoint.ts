/** A checkpoint that its trial cannot go on from: the trial begins anew. The message is a sentence without its subject. */
export class UnfitCheckpoint extends Error {
  override readonly name = 'UnfitCheckpoint'
}
