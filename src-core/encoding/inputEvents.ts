import { z } from 'zod'

const count = z.int().min(1)
/** What a layer of places takes: `channels` values at each of `rows` x `columns` places; a list is 1 x 1 with channels. */
export const layerShapeSchema = z.strictObject({ channels: count, rows: count, columns: count })
export type LayerShape = Readonly<z.infer<typeof layerShapeSchema>>

export const sizeOf = ({ channels, rows, columns }: LayerShape): number => channels * rows * columns

/** Index of a neuron or an input in its layer: places row by row, the channels of a place side by side. */
export const indexAt = ({ channels, columns }: LayerShape, channel: number, row: number, column: number): number =>
  (row * columns + column) * channels + channel

/** One sample as a network is shown it: the inputs that are not 0, by rising step, then by rising index. */
export interface InputEvents {
  readonly steps: Uint16Array
  /** As `indexAt` counts, as long as `steps`. */
  readonly inputs: Uint32Array
  /** As long as `steps`: counts of events in a bin, or currents; null: every one is 1, a spike. */
  readonly values: Float32Array | null
}
