/** A term as people who are new to the field, or to Spiketune, need it. */
export interface GlossaryEntry {
  readonly term: string
  /** One or two sentences. */
  readonly text: string
  /** What its numbers are in. */
  readonly unit?: string
  /** Paper that it is from, or that defines it. */
  readonly source?: string
  /** Other words for it: searched too. */
  readonly synonyms?: readonly string[]
  /** Where more is said, in docs. */
  readonly page?: string
}
