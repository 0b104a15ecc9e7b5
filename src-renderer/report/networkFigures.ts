/** What the report shows of the best network: its spikes, what it mistakes, its receptive fields. */
import type { InspectedNetwork, InspectedWeights, SampleRecording } from '../../src-core/contracts/inspection.ts'
import type { TrialRecord } from '../../src-core/contracts/window/trialCalls.ts'
import { coloursNow } from '../charts/colours.ts'
import { colourTable } from '../charts/ramp.ts'
import { joinRecordings } from '../../src-core/activity/activity.ts'
import { answerText } from '../inspect/activity/drawSamples.ts'
import { makeStackModel } from '../inspect/activity/stackModel.ts'
import { storedConfusion } from '../inspect/answers/confusion.ts'
import { drawConfusion } from '../inspect/answers/drawConfusion.ts'
import { Inspection } from '../inspect/inspection.svelte.ts'
import { canvasOfPixels } from '../inspect/parts/images.ts'
import { drawBands } from '../inspect/raster/drawBands.ts'
import { drawFields, fitView } from '../inspect/weights/drawFields.ts'
import { gridOf, layoutOf, paintFields, rangeOfWeights } from '../inspect/weights/receptiveFields.ts'
import type { Figure } from '../state/figure.ts'
import { figureSize, reportFigure } from './reportFigures.ts'
import type { ReportFigure } from './reportDocument.ts'

/** Samples whose spikes are shown. */
const shownSamples = 10
/** Fields of more neurons would be too small to see in print. */
const fieldsAtMost = 400
/** CSS pixels of a layer's spikes, with its name. */
const bandHeight = 120

const rasterFigure = (
  network: InspectedNetwork,
  weights: InspectedWeights | null,
  recordings: readonly SampleRecording[],
): ReportFigure => {
  const activity = joinRecordings(network.layers, recordings)
  const { layers } = makeStackModel({ network, activity, weights, order: 'index', colouring: 'layer', traced: [] })
  const drawing: Pick<Figure, 'draw'> = {
    draw: (context, size) => {
      const colours = coloursNow()
      context.fillStyle = colours.surface
      context.fillRect(0, 0, size.width, size.height)
      drawBands(context, size, colours, { layers, steps: activity.steps })
    },
  }
  return reportFigure(
    'Spikes',
    `${recordings.length} samples of the objective one after the other, each with its label and the answer: ${recordings.map(answerText).join('; ')}. A row is a neuron, a point a spike.`,
    drawing,
    { width: figureSize.width, height: Math.min(800, bandHeight * layers.length) },
  )
}

const fieldsFigure = (weights: InspectedWeights): ReportFigure => {
  const layout = layoutOf(weights, 'planes')
  const shown = Math.min(weights.neurons, fieldsAtMost)
  const order = Uint32Array.from({ length: shown }, (_, neuron) => neuron)
  const size = { width: figureSize.width, height: figureSize.width * 0.6 }
  const grid = gridOf(order.length, layout.side, size.width / size.height)
  const range = rangeOfWeights(weights, layout)
  const drawing: Pick<Figure, 'draw'> = {
    draw: (context, wanted) => {
      const colours = coloursNow()
      const table = colourTable(weights.signed ? colours.diverging : colours.map)
      const image = canvasOfPixels(paintFields(weights, layout, { order, grid, table, range }), grid.width, grid.height)
      const picture = { image, grid, side: layout.side, order, classes: weights.assignedClasses }
      drawFields(context, wanted, colours, { ...picture, view: fitView(grid, wanted), selected: [], cursor: null })
    },
  }
  const all = shown === weights.neurons ? '' : ` The first ${shown} of ${weights.neurons}.`
  return reportFigure(
    weights.type === 'conv' ? 'Kernels' : 'Receptive fields',
    `Weights from ${weights.from} to each ${weights.type === 'conv' ? 'channel' : 'neuron'} of ${weights.to}.${all}`,
    drawing,
    size,
  )
}

/** The matrix that was stored with the trial; none of a control task. */
export const confusionFigures = ({ measured }: TrialRecord): ReportFigure[] => {
  const counts = measured?.confusion ?? []
  if (counts.length === 0) return []
  const confusion = storedConfusion(counts)
  const drawing: Pick<Figure, 'draw'> = {
    draw: (context, size) => {
      drawConfusion(context, size, coloursNow(), { confusion, by: 'counts' })
    },
  }
  const side = Math.max(240, Math.min(520, 40 * counts.length + 60))
  return [
    reportFigure('Confusion', 'Samples of the objective by their label (rows) and the answer (columns).', drawing, {
      width: side,
      height: side,
    }),
  ]
}

/** Figures of a network that was kept, opened for it; why there are none otherwise. */
export const openedNetworkFigures = async (
  study: string,
  number: number,
): Promise<{ readonly figures: readonly ReportFigure[]; readonly problem: string | null }> => {
  const inspection = new Inspection(study)
  try {
    await inspection.open(number, false)
    const { state } = inspection
    if (state.kind === 'not-kept') {
      return {
        figures: [],
        problem: `The network of trial ${number} was not kept. Inspect it, which trains it again, and write the report anew to have its spikes here.`,
      }
    }
    if (state.kind !== 'ready') {
      return {
        figures: [],
        problem: `The network of trial ${number} could not be opened: ${state.kind === 'failed' ? state.error.message : 'it was closed.'}`,
      }
    }
    const { network } = state
    const samples = Math.min(shownSamples, network.samples[inspection.split])
    if (samples > 0)
      await inspection.present(
        inspection.split,
        Array.from({ length: samples }, (_, place) => place),
      )
    const { weights, recordings, problem } = inspection
    return {
      figures: [
        ...(recordings.length === 0 ? [] : [rasterFigure(network, weights, recordings)]),
        ...(weights === null ? [] : [fieldsFigure(weights)]),
      ],
      problem: problem === null ? null : `Its spikes could not be shown: ${problem.message}`,
    }
  } finally {
    inspection.close()
  }
}
