/** What a table of hyperparameters says of one. */
import type { Condition } from '../space/parameter.ts'

interface Described {
  /** In one line, for people and editors. */
  readonly description: string
  /** Its name in the reference experiments; null where they have none. */
  readonly publishedName: string | null
  /** Null: a count or a number without a unit. */
  readonly unit: 'mV' | 'ms' | null
  /** Where it has a meaning at all; null: always. */
  readonly appliesWhen: Condition | null
  /** The hyperparameter, or the setting, whose value holds where this one is neither searched nor fixed; null: `default`. */
  readonly inherits: string | null
}
export interface NumericHyperparameter extends Described {
  readonly kind: 'real' | 'integer'
  readonly default: number
  readonly minimum: number
  readonly maximum: number
}
export interface CategoricalHyperparameter extends Described {
  readonly kind: 'categorical'
  readonly default: string
  readonly choices: readonly string[]
}
export type Hyperparameter = NumericHyperparameter | CategoricalHyperparameter

/** What may be searched or fixed of a kind of network, by name, in the order in which people read it. */
export type HyperparameterTable = Readonly<Record<string, Hyperparameter>>

/** How a table gives a number. */
type Row = readonly [
  defaultValue: number,
  minimum: number,
  maximum: number,
  unit: Described['unit'],
  publishedName: string | null,
  description: string,
]
export const numeric = (
  kind: 'real' | 'integer',
  row: Row,
  appliesWhen: Condition | null = null,
): NumericHyperparameter => {
  const [defaultValue, minimum, maximum, unit, publishedName, description] = row
  return Object.freeze({
    kind,
    default: defaultValue,
    minimum,
    maximum,
    unit,
    publishedName,
    description,
    appliesWhen,
    inherits: null,
  })
}
export const real = (...row: Row) => numeric('real', row)
export const integer = (...row: Row) => numeric('integer', row)

/** The hyperparameter of a name; null: the table has none. */
export const lookUp = (table: HyperparameterTable, name: string): Hyperparameter | null =>
  Object.hasOwn(table, name) ? (table[name] ?? null) : null

/** Our name of a hyperparameter of the reference experiments; null: the table has none of that name. */
export const namePublishedAs = (table: HyperparameterTable, published: string): string | null =>
  Object.keys(table).find((name) => table[name]?.publishedName === published) ?? null
