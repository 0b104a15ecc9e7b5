import { type DataCard, dataCardFacts, suspicionsOf } from '../../../src-core/datasets/dataCard.ts'
import { labelled } from './resultText.ts'
import type { Styles } from './styledLine.ts'

/** A dataset for people, and below it what is suspicious about it. */
export const cardText = (card: DataCard, styles: Styles): string[] => [
  labelled(
    dataCardFacts(card).map(({ term, words }) => [term, words]),
    styles,
  ),
  ...suspicionsText(suspicionsOf(card), styles),
]

/** What is suspicious about a dataset, a line each. */
export const suspicionsText = (suspicions: readonly string[], styles: Styles): string[] =>
  suspicions.map((text) => styles.yellow(`Look at the data: ${text}`))
