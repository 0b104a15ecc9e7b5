/** `bytes` of memory at a multiple of 16, not cleared. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

export function release(pointer: usize): void {
  heap.free(pointer)
}
