/** Draws each sample over the time in which it was shown: its image, its label, and the network's answer. */
import type { SampleRecording } from '../../../src-core/contracts/inspection.ts'
import { labelRight, type StackDrawing } from './stackDrawing.ts'
import type { Strip } from './stackLayout.ts'

export const answerOf = ({ prediction }: SampleRecording): string => (prediction === null ? '–' : String(prediction))

/** "7 → 2 ✗": label, answer, and whether it is right. */
export const answerText = (recording: SampleRecording): string =>
  `${recording.label} → ${answerOf(recording)} ${recording.prediction === recording.label ? '✓' : '✗'}`

const least = { image: 20, text: 15, both: 92 }

export const drawSamples = (drawing: StackDrawing, { top, height }: Strip): void => {
  const { context, layout, model, view, colours, imageOf } = drawing
  const scale = layout.plotWidth / (view.time.to - view.time.from)
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  context.fillStyle = colours.mutedText
  context.font = `400 10px ${colours.font}`
  const words = model.sampleWords
  if (words === undefined) {
    context.fillText('label →', labelRight, top + height / 2 - 7)
    context.fillText('answer', labelRight, top + height / 2 + 6)
  } else context.fillText(words.head, labelRight, top + height / 2)
  for (const { recording, from, to } of model.activity.places) {
    if (to <= view.time.from || from >= view.time.to) continue
    const start = layout.left + (from - view.time.from) * scale
    const left = Math.max(layout.left, start)
    const right = Math.min(layout.left + layout.plotWidth, layout.left + (to - view.time.from) * scale)
    const width = right - left
    const correct = words !== undefined || recording.prediction === recording.label
    context.fillStyle = words !== undefined ? colours.line : correct ? colours.good : colours.threshold
    context.fillRect(left + 0.5, top + height - 4, Math.max(1, width - 1), correct ? 2 : 4)
    if (width < least.text) continue
    const side = Math.min(height - 8, width - 2)
    const hasImage = width >= least.image && words?.hasPicture !== false
    const image = hasImage ? imageOf(recording) : null
    context.imageSmoothingEnabled = false
    if (width >= least.both) {
      if (image !== null) context.drawImage(image, left + 4, top, side, side)
      context.textAlign = 'left'
      context.fillStyle = correct ? colours.text : colours.threshold
      context.font = `600 12px ${colours.font}`
      context.fillText(words?.of(recording) ?? answerText(recording), left + (hasImage ? side : 0) + 10, top + 12)
      context.fillStyle = colours.mutedText
      context.font = `400 10px ${colours.font}`
      if (words?.hasPicture !== false) context.fillText(`no. ${recording.sample}`, left + side + 10, top + 28)
      continue
    }
    context.textAlign = 'center'
    const fits = width >= 30
    const room = Math.min(side, height - 20)
    if (image !== null) context.drawImage(image, left + (width - room) / 2, top, room, room)
    context.fillStyle = correct ? colours.text : colours.threshold
    context.font = `600 10px ${colours.font}`
    context.fillText(
      words?.of(recording) ?? (fits ? `${recording.label}→${answerOf(recording)}` : answerOf(recording)),
      left + width / 2,
      top + height - 12,
    )
  }
}
