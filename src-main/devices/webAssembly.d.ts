/** The part of the WebAssembly interface that devices.ts uses; the Node types of this version do not declare it. */
declare namespace WebAssembly {
  function compile(bytes: Uint8Array): Promise<unknown>
}
