/** What cannot be among the configurations of a study, by the kind of its networks. */
import { type Impossibility, nothingImpossible } from '../space/impossibility.ts'
import type { StudyDefinition } from './definition.ts'
import { neuroprocessorImpossibility } from './neuroprocessorValues.ts'
import { resolveHyperparameters } from './resolveHyperparameters.ts'

type Searched = Pick<StudyDefinition, 'network' | 'space' | 'fixed'>

export const impossibilityIn = (study: Searched): Impossibility => {
  if (study.network.type !== 'neuroprocessor') return nothingImpossible
  const { names, why } = neuroprocessorImpossibility
  return {
    names: names.filter((name) => Object.hasOwn(study.space, name)),
    why: (configuration) => why(resolveHyperparameters(study, configuration)),
  }
}
