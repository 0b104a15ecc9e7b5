/** The part of the WebAssembly interface that the engines use; the Node types of this version do not declare it. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module'
  }
  const Module: { new (bytes: BufferSource): Module; prototype: Module }
  class Instance {
    constructor(module: Module, imports?: Record<string, Record<string, unknown>>)
    readonly exports: Readonly<Record<string, unknown>>
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number })
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  class Global {
    constructor(descriptor: { value: 'i32'; mutable?: boolean }, value: number)
    value: number
  }
}

type BufferSource = ArrayBuffer | ArrayBufferView<ArrayBuffer>
