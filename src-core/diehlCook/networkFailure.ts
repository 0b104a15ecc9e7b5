/** Why a network cannot be built. The reasons are those of a failed trial. */
export abstract class NetworkFailure extends Error {
  abstract readonly reason: 'impossible-network' | 'out-of-memory'
}

/** The parameters ask for a network that no machine could hold or that means nothing. */
export class ImpossibleNetwork extends NetworkFailure {
  override readonly name = 'ImpossibleNetwork'
  readonly reason = 'impossible-network'
}

/** This machine does not have the memory for the network. */
export class OutOfMemory extends NetworkFailure {
  override readonly name = 'OutOfMemory'
  readonly reason = 'out-of-memory'
}
