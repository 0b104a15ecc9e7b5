import type { Tensors } from './tensor.ts'

/**
 * The values of a tensor that must be there with this type and shape; a size of null may be any.
 * @throws {RangeError} when it is missing, or another
 */
export const takeTensor = <Values extends Float32Array | Float64Array | Int32Array>(
  tensors: Tensors,
  name: string,
  types: readonly (new (length: number) => Values)[],
  shape: readonly (number | null)[],
): Values => {
  const tensor = tensors[name]
  if (tensor === undefined) throw new RangeError(`there is no tensor ${name}`)
  const fits =
    tensor.shape.length === shape.length && shape.every((size, at) => size === null || size === tensor.shape[at])
  if (!fits) {
    const expected = shape.map((size) => size ?? '?').join(', ')
    throw new RangeError(`the tensor ${name} has the shape [${tensor.shape.join(', ')}], not [${expected}]`)
  }
  const isOfType = (values: unknown): values is Values => types.some((type) => values instanceof type)
  if (!isOfType(tensor.values)) throw new RangeError(`the tensor ${name} holds values of another type`)
  return tensor.values
}
