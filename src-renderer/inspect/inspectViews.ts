/** The views of the inspect page, one entry each. */
import type { Component } from 'svelte'
import { controlTaskOf } from '../../src-core/control/controlDataset.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import ActivityView from './activity/ActivityView.svelte'
import AnswersView from './answers/AnswersView.svelte'
import EpisodeView from './episode/EpisodeView.svelte'
import EvolutionView from './evolution/EvolutionView.svelte'
import type { InspectViewProperties } from './inspectViewProperties.ts'
import NetworkView from './network/NetworkView.svelte'
import NeuronsView from './neurons/NeuronsView.svelte'
import StopView from './stopped/StopView.svelte'
import WeightsView from './weights/WeightsView.svelte'

/** What there is to see depends on what a study trains: weights that learn, networks that tell samples apart, or that act. */
type InspectedKind = 'learned' | 'evolved' | 'acting'

const withSamples: readonly InspectedKind[] = ['learned', 'evolved']
const everyKind: readonly InspectedKind[] = ['learned', 'evolved', 'acting']

interface InspectView {
  readonly id: string
  readonly title: string
  readonly description: string
  /** False: it shows what the study has stored, and goes on when another trial is chosen; others begin anew. */
  readonly needsNetwork: boolean
  readonly kinds: readonly InspectedKind[]
  readonly component: Component<InspectViewProperties>
}

const inspectViews: readonly InspectView[] = [
  {
    id: 'activity',
    title: 'Spikes',
    description: 'Spikes, rates, intervals and potentials of every layer on one axis of time',
    needsNetwork: true,
    kinds: withSamples,
    component: ActivityView,
  },
  {
    id: 'episode',
    title: 'Episode',
    description: 'The network at its task, with its spikes at every decision',
    needsNetwork: true,
    kinds: ['acting'],
    component: EpisodeView,
  },
  {
    id: 'network',
    title: 'Network',
    description: 'Its neurons and synapses, and spikes running along them',
    needsNetwork: true,
    kinds: ['evolved', 'acting'],
    component: NetworkView,
  },
  {
    id: 'evolution',
    title: 'Evolution',
    description: 'Fitness and silence of the population, generation by generation',
    needsNetwork: true,
    kinds: ['evolved', 'acting'],
    component: EvolutionView,
  },
  {
    id: 'weights',
    title: 'Weights',
    description: 'Receptive field of every neuron, and how they came to be',
    needsNetwork: true,
    kinds: ['learned'],
    component: WeightsView,
  },
  {
    id: 'neurons',
    title: 'Neurons',
    description: 'Thresholds, rates, classes and silent neurons as maps',
    needsNetwork: true,
    kinds: withSamples,
    component: NeuronsView,
  },
  {
    id: 'answers',
    title: 'Answers',
    description: 'Confusion matrix and the worst answered samples',
    needsNetwork: true,
    kinds: withSamples,
    component: AnswersView,
  },
  {
    id: 'silence',
    title: 'Silence',
    description: 'Why it was stopped, or was not',
    needsNetwork: false,
    kinds: everyKind,
    component: StopView,
  },
]

/** The views of the networks of a study. */
export const viewsOf = ({ network, dataset }: StudyDefinition): readonly InspectView[] => {
  const evolves = network.type === 'neuroprocessor'
  const kind = !evolves ? 'learned' : controlTaskOf(dataset) === null ? 'evolved' : 'acting'
  return inspectViews.filter(({ kinds }) => kinds.includes(kind))
}
