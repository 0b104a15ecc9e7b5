import type { LayeredSubject } from '../../training/surrogate/layeredSubject.ts'
import type { SubjectParts } from '../inspectedSubject.ts'

/** A layered network as training left it, which is shown one sample at a time. */
export interface LayeredParts extends SubjectParts, LayeredSubject {
  readonly samplesTrained: number
}
