/**
 * WebAssembly of this thread gets no memory beyond so many bytes from now on. What asks for more is told that there is
 * none; it can go on. Nothing else bounds it: `resourceLimits` count the memory of JavaScript only.
 */
export const limitMemory = (bytes: number): void => {
  const pageBytes = 65536
  const original = Object.getOwnPropertyDescriptor(WebAssembly.Memory.prototype, 'grow')?.value as (
    this: WebAssembly.Memory,
    pages: number,
  ) => number
  WebAssembly.Memory.prototype.grow = function (pages) {
    const wanted = this.buffer.byteLength + pages * pageBytes
    if (wanted > bytes) throw new RangeError(`${wanted} bytes are more than the ${bytes} that are allowed`)
    return original.call(this, pages)
  }
}
