/** The parts of the compare page. What there is to compare depends on what a study trains. */
import { controlTaskOf } from '../../src-core/control/controlDataset.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'

export type SectionId = 'results' | 'spikes' | 'figures' | 'weights' | 'answers'

interface CompareSection {
  readonly id: SectionId
  readonly title: string
  readonly description: string
}

/** @param trainable false: the study has the results of networks, and not the networks */
export const sectionsOf = (definition: StudyDefinition, trainable: boolean): readonly CompareSection[] => {
  const evolves = definition.network.type === 'neuroprocessor'
  const acts = controlTaskOf(definition.dataset) !== null
  const sections: CompareSection[] = [
    { id: 'results', title: 'Results', description: 'Results, hyperparameters that differ, learning curves' },
  ]
  if (!trainable) return sections
  return [
    ...sections,
    {
      id: 'spikes',
      title: 'Spikes',
      description: `Spikes of all of them at the same ${acts ? 'episode' : 'samples'}, on one axis of time`,
    },
    {
      id: 'figures',
      title: 'Rates',
      description: 'Rates and intervals of spikes, silent neurons and selectivity, against one of them',
    },
    {
      id: 'weights',
      title: evolves ? 'Networks' : 'Weights',
      description: evolves ? 'Neurons and synapses of each' : 'Receptive fields or kernels of each, in one scale',
    },
    ...(acts ? [] : [{ id: 'answers', title: 'Confusion', description: 'What each mistakes for what' } as const]),
  ]
}
