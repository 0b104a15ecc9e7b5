import type { z } from 'zod'

/** A type with every property and element readonly, however deep; branded numbers, strings and typed arrays stay as they are. */
export type DeepReadonly<Value> = Value extends number | string | ArrayBufferView
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
    : Value

/** The same schema, of a type that is readonly however deep. */
export const readonlySchema = <Schema extends z.ZodType>(schema: Schema): z.ZodType<DeepReadonly<z.infer<Schema>>> =>
  schema as unknown as z.ZodType<DeepReadonly<z.infer<Schema>>>

/** Freezes plain objects and arrays however deep, in place, and returns the value. */
export const deepFreeze = <Value>(value: Value): DeepReadonly<Value> => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value as DeepReadonly<Value>
}
