/** What every drawing in WebGL2 needs: programs and textures of whole numbers. */

export interface Program {
  readonly handle: WebGLProgram
  /** Place of a uniform; null where the program has none of this name, which WebGL ignores. */
  at(uniform: string): WebGLUniformLocation | null
  remove(): void
}

/** @returns null where the context is lost. @throws {Error} with the compiler's words when a shader is wrong */
export const makeProgram = (gl: WebGL2RenderingContext, vertex: string, fragment: string): Program | null => {
  const handle = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type)
    if (shader === null) return null
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    if (!gl.isContextLost() && gl.getShaderParameter(shader, gl.COMPILE_STATUS) !== true) {
      throw new Error(`A shader of the raster does not compile: ${gl.getShaderInfoLog(shader) ?? ''}`)
    }
    gl.attachShader(handle, shader)
    gl.deleteShader(shader)
  }
  gl.linkProgram(handle)
  if (gl.isContextLost()) return null
  if (gl.getProgramParameter(handle, gl.LINK_STATUS) !== true) {
    throw new Error(`The shaders of the raster do not fit: ${gl.getProgramInfoLog(handle) ?? ''}`)
  }
  const places = new Map<string, WebGLUniformLocation | null>()
  return {
    handle,
    at(uniform) {
      const known = places.get(uniform)
      if (known !== undefined) return known
      const place = gl.getUniformLocation(handle, uniform)
      places.set(uniform, place)
      return place
    },
    remove() {
      gl.deleteProgram(handle)
    },
  }
}

/** A texture of whole numbers of 8 or 16 bits, row by row. */
export const makeTexture = (
  gl: WebGL2RenderingContext,
  width: number,
  height: number,
  values: Uint8Array | Uint16Array,
): WebGLTexture => {
  const texture = gl.createTexture()
  gl.bindTexture(gl.TEXTURE_2D, texture)
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
  const [format, type] =
    values instanceof Uint8Array ? ([gl.R8UI, gl.UNSIGNED_BYTE] as const) : ([gl.R16UI, gl.UNSIGNED_SHORT] as const)
  gl.texImage2D(gl.TEXTURE_2D, 0, format, width, height, 0, gl.RED_INTEGER, type, values)
  for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
    gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST)
  }
  for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE)
  return texture
}
