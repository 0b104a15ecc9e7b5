/** How long a study takes on this machine, for whoever starts one. */
import type { WrittenDefinition } from '../../src-core/contracts/window/setupCalls.ts'
import { decodeDefinition } from '../../src-core/study/decodeDefinition.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { DefinitionError } from '../../src-core/study/definitionError.ts'
import {
  controlTaskSize,
  type DatasetSize,
  type Estimate,
  estimateStudy,
  previewedSize,
} from '../../src-core/study/estimate.ts'
import { isSurelyShort } from '../../src-core/study/longStudy.ts'
import { speedBasis } from '../../src-core/study/measuredSpeed.ts'
import { type Answer, call } from '../bridge/bridge.ts'

type Measured = Answer<'measureSpeed'>

/** Measurements under way, by what they rest on: two at once would slow each other. */
const underWay = new Map<string, Promise<Measured>>()

/** Trains networks for a moment; whoever asks for the same meanwhile gets the same answer. */
export const measureHere = async (written: WrittenDefinition, basis: string): Promise<Measured> => {
  const before = underWay.get(basis)
  if (before !== undefined) return before
  const asked = call('measureSpeed', written)
  underWay.set(basis, asked)
  try {
    return await asked
  } finally {
    underWay.delete(basis)
  }
}

/** `unknown`: there is no estimate, as its dataset cannot be read; whoever starts the study is told why. */
export type StudyLength =
  | { readonly kind: 'short' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'estimated'; readonly estimate: Estimate }

const unknown: StudyLength = { kind: 'unknown' }

/** @param measures told where it has to be measured, which takes some seconds */
export const lengthHere = async (written: WrittenDefinition, measures: () => void): Promise<StudyLength> => {
  const definition = decoded(written.yaml)
  if (definition === null) return unknown
  if (isSurelyShort(definition)) return { kind: 'short' }
  measures()
  const size = controlTaskSize(definition) ?? (await previewed(written))
  if (size === null) return unknown
  const measured = await measureHere(written, speedBasis(definition))
  const estimate = measured.ok ? estimateStudy(definition, measured.value, size) : null
  return estimate === null ? unknown : { kind: 'estimated', estimate }
}

const decoded = (yaml: string): StudyDefinition | null => {
  try {
    return decodeDefinition(yaml, 'The definition')
  } catch (error) {
    if (error instanceof DefinitionError) return null
    throw error
  }
}

const previewed = async (written: WrittenDefinition): Promise<DatasetSize | null> => {
  const answer = await call('previewDataset', { ...written, samples: 1 })
  return answer.ok ? previewedSize(answer.value) : null
}
