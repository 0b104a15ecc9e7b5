/** What the strips on one axis of time are drawn from. */
import type { SampleRecording } from '../../../src-core/contracts/inspection.ts'
import type { ChartColours } from '../../charts/colours.ts'
import type { StepRange } from '../../../src-core/activity/activity.ts'
import type { StackLayout } from './stackLayout.ts'
import type { StackModel } from './stackModel.ts'

/** Right edge of the names at the left of the strips, in CSS pixels. */
export const labelRight = 84

/** The picture of a sample, ready to be drawn; null where none can be made. */
export type ImageOf = (recording: SampleRecording) => CanvasImageSource | null

export interface StackView {
  readonly time: StepRange
  readonly brush: StepRange | null
  /** Step under the pointer; null: none. */
  readonly cursor: number | null
  /** Rows in view of each layer. */
  readonly rows: readonly StepRange[]
  /** Potentials are drawn as far down as they go, not only near their thresholds. */
  readonly wholePotential: boolean
}

export interface StackDrawing {
  readonly context: CanvasRenderingContext2D
  readonly layout: StackLayout
  readonly model: StackModel
  readonly view: StackView
  readonly colours: ChartColours
  readonly imageOf: ImageOf
}
