/** Values of the neurons of a layer, one each. */
/** Columns of a map of neurons in a room of this aspect (width over height). */
export const columnsOf = (neurons: number, aspect: number): number =>
  Math.max(1, Math.min(neurons, Math.round(Math.sqrt(neurons * aspect))))
