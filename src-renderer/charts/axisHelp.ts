/** What an axis is of: said at the pointer, as its title is painted and has no element of its own. */
import { glossary, type TermKey } from '../../src-core/glossary/glossary.ts'
import { nonSpiking, nonSpikingShare } from '../../src-core/study/studyWords.ts'
import { termOfHyperparameter } from '../components/hyperparameterTerms.ts'
import type { Plot, PlotAxis, PlotFrame } from './plot.ts'

/** By how the title begins; the first that fits. */
const titles: readonly (readonly [begins: RegExp, term: TermKey])[] = [
  [/^train accuracy/i, 'trainAccuracy'],
  [/^accuracy/i, 'accuracy'],
  [/^(score|best of the generation)/i, 'score'],
  [new RegExp(nonSpikingShare, 'i'), 'nonSpikingShare'],
  [/^spikes per sample|^output spikes per/i, 'spikeRate'],
  [/^synaptic operations/i, 'synapticOperations'],
  [/^neurons\b/i, 'neuron'],
  [/^synapses\b/i, 'synapse'],
  [new RegExp(`^(training|${nonSpiking}) samples`, 'i'), 'epoch'],
  [new RegExp(`^(networks judged|generation|${nonSpiking} networks)`, 'i'), 'generation'],
  [/^(trials?|studies) \(%\)/i, 'distribution'],
  [/^trials$/i, 'trial'],
  [/^trainings$/i, 'replicate'],
  [/^worker time/i, 'workerTime'],
  [/^wall time/i, 'elapsed'],
  [/^trial\b/i, 'trial'],
  [/^duration/i, 'duration'],
  [/^share of training saved|^of its training/i, 'timeSaved'],
  [/^β/, 'beta'],
  [/^side length/i, 'trustRegion'],
  [/^in a row/i, 'success'],
  [/^% of variance/i, 'importance'],
  [/^(interval,|share of intervals)/i, 'isi'],
  [/^selectivity/i, 'selectivity'],
  [/^share of neurons/i, 'selectivity'],
  [/^step\b/i, 'step'],
]

/** Null: its title is no term of the glossary. */
export const termOfAxis = ({ title, field }: Pick<PlotAxis, 'title' | 'field'>): TermKey | null =>
  (field === undefined ? null : termOfHyperparameter(field)) ??
  titles.find(([begins]) => begins.test(title))?.[1] ??
  null

/** Of the axis beside the plot that a pixel lies on; empty: it lies on none, or on one that says what it is by itself. */
export const axisHelp = ({ x, y }: Plot, { area }: PlotFrame, left: number, top: number): readonly string[] => {
  const isBelow = top > area.bottom && left >= area.left && left <= area.right
  const isBeside = left < area.left && top >= area.top && top <= area.bottom
  const axis = isBelow ? x : isBeside ? y : null
  const term = axis === null ? null : termOfAxis(axis)
  return term === null ? [] : [glossary[term].term, glossary[term].text]
}
