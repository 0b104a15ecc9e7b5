/** The kinds of studies: a network, and the algorithm that trains it. `checkStudy` refuses other pairs. */
import type { StudyDefinition } from './definition.ts'
import type { DiehlCookDefinition, LayeredDefinition, NeuroprocessorDefinition } from './networkSchema.ts'
import type { EonsTraining, PostPreTraining, SurrogateGradientTraining } from './trainingSchema.ts'

type Parts = Pick<StudyDefinition, 'network' | 'training'>

interface DiehlCookParts {
  readonly network: DiehlCookDefinition
  readonly training: PostPreTraining
}
interface LayeredParts {
  readonly network: LayeredDefinition
  readonly training: SurrogateGradientTraining
}
interface NeuroprocessorParts {
  readonly network: NeuroprocessorDefinition
  readonly training: EonsTraining
}

/** Network and training of a study of Diehl & Cook networks. @throws {TypeError} of another study */
export const diehlCookParts = ({ network, training }: Parts): DiehlCookParts => {
  if (network.type === 'diehl-cook' && training.algorithm === 'post-pre') return { network, training }
  throw new TypeError(`a ${network.type} network trained by ${training.algorithm} is none of Diehl & Cook`)
}

/** Network and training of a study of layered networks. @throws {TypeError} of another study */
export const layeredParts = ({ network, training }: Parts): LayeredParts => {
  if (network.type === 'layered' && training.algorithm === 'surrogate-gradient') return { network, training }
  throw new TypeError(`a ${network.type} network trained by ${training.algorithm} is not a layered one`)
}

/** Network and training of a study of evolved networks. @throws {TypeError} of another study */
export const neuroprocessorParts = ({ network, training }: Parts): NeuroprocessorParts => {
  if (network.type === 'neuroprocessor' && training.algorithm === 'eons') return { network, training }
  throw new TypeError(`a ${network.type} network trained by ${training.algorithm} does not evolve`)
}
