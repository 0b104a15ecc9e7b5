/** A type with every property and element readonly, however deep; branded numbers and strings stay as they are. */
export type DeepReadonly<Value> = Value extends number | string
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
    : Value

/** Freezes plain objects and arrays however deep, in place, and returns the value. */
export const deepFreeze = <Value>(value: Value): DeepReadonly<Value> => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value as DeepReadonly<Value>
}
