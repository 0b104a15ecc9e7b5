/** `make` with its last result kept: it is called anew only where something that it is given is another than before. */
export const keepLast = <Given extends readonly unknown[], Result>(
  make: (...given: Given) => Result,
): ((...given: Given) => Result) => {
  let last: { readonly given: Given; readonly result: Result } | null = null
  return (...given) => {
    if (last === null || given.some((value, at) => !Object.is(value, last?.given[at]))) {
      last = { given, result: make(...given) }
    }
    return last.result
  }
}

/** Gives the value of before back for as long as those that follow say the same. */
export const keepEqual = <Value>(): ((value: Value) => Value) => {
  let last: { readonly value: Value; readonly text: string } | null = null
  return (value) => {
    const text = JSON.stringify(value)
    if (last?.text !== text) last = { value, text }
    return last.value
  }
}
