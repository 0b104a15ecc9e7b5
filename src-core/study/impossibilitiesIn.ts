/** What cannot be among the configurations of a study, by the kind of its networks. */
import type { Impossibility } from '../space/impossibility.ts'
import type { StudyDefinition } from './definition.ts'
import { neuroprocessorImpossibilities } from './neuroprocessorValues.ts'
import { resolveHyperparameters } from './resolveHyperparameters.ts'
import { startingImpossibilities } from './startingNetworks.ts'

type Searched = Pick<StudyDefinition, 'network' | 'training' | 'dataset' | 'space' | 'fixed'>

/** Rules that hold for all configurations, as of hyperparameters that are fixed, depend on no parameter. */
export const impossibilitiesIn = (study: Searched): readonly Impossibility[] =>
  (study.network.type === 'neuroprocessor'
    ? [...neuroprocessorImpossibilities, ...startingImpossibilities(study)]
    : []
  ).map(({ names, why, ...rest }) => ({
    ...rest,
    names: names.filter((name) => Object.hasOwn(study.space, name)),
    why: (configuration) => why(resolveHyperparameters(study, configuration)),
  }))
