/** What a table of hyperparameters says of one. */
import { z } from 'zod'
import type { Condition } from '../space/parameter.ts'

/** What a hyperparameter is about, in the order in which people read groups. Each kind of network has some of them. */
export const hyperparameterGroups = ['network', 'neurons', 'encoding', 'learning', 'training', 'hardware'] as const
type HyperparameterGroup = (typeof hyperparameterGroups)[number]

interface Described {
  readonly group: HyperparameterGroup
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
export interface CategoricalHyperparameter<Choice extends string = string> extends Described {
  readonly kind: 'categorical'
  readonly default: Choice
  readonly choices: readonly Choice[]
}
export type Hyperparameter = NumericHyperparameter | CategoricalHyperparameter

/** What may be searched or fixed of a kind of network, by name, in the order in which people read it. */
export type HyperparameterTable = Readonly<Record<string, Hyperparameter>>

/** One that `inGroup` has yet to put into a group. */
type Ungrouped<One extends Hyperparameter = Hyperparameter> = Omit<One, 'group'>

/** These hyperparameters, all of one group. */
export const inGroup = <const Table extends Readonly<Record<string, object>>>(
  group: HyperparameterGroup,
  table: Table,
): { readonly [Name in keyof Table]: Table[Name] & Pick<Described, 'group'> } =>
  Object.fromEntries(Object.entries(table).map(([name, one]) => [name, Object.freeze({ ...one, group })])) as {
    readonly [Name in keyof Table]: Table[Name] & Pick<Described, 'group'>
  }

/** How a table gives a number. */
type Row = readonly [
  defaultValue: number,
  minimum: number,
  maximum: number,
  unit: Described['unit'],
  publishedName: string | null,
  description: string,
]
/** One that applies always, or on a condition. */
type On<When, One extends Hyperparameter> = Ungrouped<One> & { readonly appliesWhen: When }

export const numeric = <When extends Condition | null>(
  kind: 'real' | 'integer',
  row: Row,
  appliesWhen: When,
): On<When, NumericHyperparameter> => {
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
export const real = (...row: Row) => numeric('real', row, null)
export const integer = (...row: Row) => numeric('integer', row, null)
/** The first choice is the default. It has no name in the reference experiments but the one given. */
export const categorical = <const Choice extends string, When extends Condition | null = null>(
  choices: readonly [Choice, ...Choice[]],
  description: string,
  { publishedName = null, appliesWhen }: { readonly publishedName?: string | null; readonly appliesWhen?: When } = {},
): On<When, CategoricalHyperparameter<Choice>> =>
  Object.freeze({
    kind: 'categorical',
    default: choices[0],
    choices: Object.freeze(choices),
    unit: null,
    publishedName,
    description,
    appliesWhen: appliesWhen ?? null,
    inherits: null,
  }) as On<When, CategoricalHyperparameter<Choice>>

type ValueSchema<One extends Hyperparameter> =
  One extends CategoricalHyperparameter<infer Choice> ? z.ZodEnum<{ [Name in Choice]: Name }> : z.ZodNumber
type ValuesShape<Table extends HyperparameterTable> = {
  [Name in keyof Table]: Table[Name]['appliesWhen'] extends null
    ? ValueSchema<Table[Name]>
    : z.ZodOptional<ValueSchema<Table[Name]>>
}

/**
 * Decodes a trial's values of these hyperparameters; what applies on a condition may be absent. How much of one it can take
 * the network says itself.
 */
export const valuesSchema = <Table extends HyperparameterTable>(table: Table): z.ZodObject<ValuesShape<Table>> =>
  z.object(
    Object.fromEntries(Object.entries(table).map(([name, one]) => [name, valueSchema(one)])),
  ) as unknown as z.ZodObject<ValuesShape<Table>>

const valueSchema = (one: Hyperparameter): z.ZodType => {
  const schema =
    one.kind === 'categorical' ? z.enum(one.choices) : (one.kind === 'integer' ? z.int() : z.number()).min(one.minimum)
  return one.appliesWhen === null ? schema : schema.optional()
}

/** The hyperparameter of a name; null: the table has none. */
export const lookUp = (table: HyperparameterTable, name: string): Hyperparameter | null =>
  Object.hasOwn(table, name) ? (table[name] ?? null) : null

/** Our name of a hyperparameter of the reference experiments; null: the table has none of that name. */
export const namePublishedAs = (table: HyperparameterTable, published: string): string | null =>
  Object.keys(table).find((name) => table[name]?.publishedName === published) ?? null
