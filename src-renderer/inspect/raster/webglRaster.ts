/** The raster in WebGL2: points where spikes can be told apart, densities where they cannot. A draw costs a few calls. */
import { type DensityLevel, densityPyramid, drawsDensity, levelFor } from './density.ts'
import {
  paletteSize,
  pointSize,
  type RasterBand,
  type RasterLayer,
  type RasterMode,
  type RasterRenderer,
  type RasterView,
} from './raster.ts'
import { densityFragment, densityVertex, pointFragment, pointVertex } from './shaders.ts'
import { makeProgram, makeTexture, type Program } from './webgl.ts'

interface LayerOnCard {
  readonly layer: RasterLayer
  readonly spikes: WebGLVertexArrayObject
  readonly buffers: readonly WebGLBuffer[]
  readonly rowColours: WebGLTexture
  readonly levels: readonly { readonly level: DensityLevel; readonly texture: WebGLTexture }[]
}

const rowColoursWidth = 1024
const densityLimits = { timeBins: 4096, rowBins: 512 }

/** @returns null where WebGL2 is not there. Throws what a lost context makes of its calls only after it is lost. */
export const createWebglRaster = (canvas: HTMLCanvasElement): RasterRenderer | null => {
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false, alpha: true })
  if (gl === null) return null
  const points = makeProgram(gl, pointVertex, pointFragment)
  const density = makeProgram(gl, densityVertex, densityFragment)
  const nothing = gl.createVertexArray()
  if (points === null || density === null) return null
  const textureSide = Number(gl.getParameter(gl.MAX_TEXTURE_SIZE))
  let layers: LayerOnCard[] = []

  const remove = ({ spikes, buffers, rowColours, levels }: LayerOnCard): void => {
    gl.deleteVertexArray(spikes)
    for (const buffer of buffers) gl.deleteBuffer(buffer)
    gl.deleteTexture(rowColours)
    for (const { texture } of levels) gl.deleteTexture(texture)
  }

  const put = (layer: RasterLayer, steps: number): LayerOnCard => {
    const spikes = gl.createVertexArray()
    gl.bindVertexArray(spikes)
    const buffers = [layer.steps, layer.spikeRows].map((values, location) => {
      const buffer = gl.createBuffer()
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW)
      gl.enableVertexAttribArray(location)
      gl.vertexAttribIPointer(location, 1, gl.UNSIGNED_INT, 0, 0)
      return buffer
    })
    gl.bindVertexArray(null)
    const lines = Math.max(1, Math.ceil(layer.rows / rowColoursWidth))
    const colours = new Uint8Array(lines * rowColoursWidth)
    colours.set(layer.rowColours)
    const limits = { ...densityLimits, timeBins: Math.min(densityLimits.timeBins, textureSide) }
    const pyramid = densityPyramid(layer.steps, layer.spikeRows, { steps, rows: layer.rows }, limits)
    return {
      layer,
      spikes,
      buffers,
      rowColours: makeTexture(gl, rowColoursWidth, lines, colours),
      levels: pyramid.map((level) => ({
        level,
        texture: makeTexture(gl, level.timeBins, level.rowBins, level.counts),
      })),
    }
  }

  const setCommon = (program: Program, card: LayerOnCard, { rows }: RasterBand, view: RasterView): void => {
    gl.useProgram(program.handle)
    gl.uniform2f(program.at('timeView'), view.time.from, view.time.to - view.time.from)
    gl.uniform2f(program.at('rowView'), rows.from, rows.to - rows.from)
    gl.uniform2f(program.at('brush'), view.brush?.from ?? 0, view.brush?.to ?? 0)
    gl.uniform3fv(program.at('palette[0]'), paletteOf(view))
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, card.rowColours)
    gl.uniform1i(program.at('rowColours'), 0)
  }

  const drawLayer = (card: LayerOnCard, band: RasterBand, view: RasterView): RasterMode => {
    const { layer, levels } = card
    const width = view.width * view.pixelRatio
    const height = band.height * view.pixelRatio
    const bottom = (view.height - band.top - band.height) * view.pixelRatio
    gl.viewport(0, bottom, width, height)
    gl.scissor(0, bottom, width, height)
    const end = layer.before.length - 1
    const first = layer.before[Math.max(0, Math.min(end, Math.floor(view.time.from)))] ?? 0
    const visible = (layer.before[Math.max(0, Math.min(end, Math.ceil(view.time.to)))] ?? 0) - first
    const stepsPerPixel = (view.time.to - view.time.from) / width
    const rowsPerPixel = (band.rows.to - band.rows.from) / height
    const chosen = levelFor(
      levels.map(({ level }) => level),
      stepsPerPixel,
    )
    const finest = levels[0]?.level
    if (
      chosen !== null &&
      finest !== undefined &&
      drawsDensity(finest, visible, { width, height, stepsPerPixel, rowsPerPixel })
    ) {
      setCommon(density, card, band, view)
      gl.activeTexture(gl.TEXTURE1)
      gl.bindTexture(gl.TEXTURE_2D, levels.find(({ level }) => level === chosen)?.texture ?? null)
      gl.uniform1i(density.at('counts'), 1)
      gl.uniform2f(density.at('binSize'), chosen.stepsPerBin, chosen.rowsPerBin)
      gl.uniform4f(density.at('band'), 0, bottom, width, height)
      gl.uniform1f(density.at('rows'), layer.rows)
      gl.bindVertexArray(nothing)
      gl.drawArrays(gl.TRIANGLES, 0, 3)
      return 'density'
    }
    setCommon(points, card, band, view)
    const rowHeight = band.height / (band.rows.to - band.rows.from)
    const area = (view.width * band.height) / Math.max(1, visible)
    const stepWidth = view.width / (view.time.to - view.time.from)
    gl.uniform1f(points.at('size'), pointSize(rowHeight, stepWidth, area) * view.pixelRatio)
    gl.bindVertexArray(card.spikes)
    gl.drawArrays(gl.POINTS, first, visible)
    return 'points'
  }

  return {
    kind: 'webgl2',
    setLayers(next, steps) {
      for (const card of layers) remove(card)
      layers = next.map((layer) => put(layer, steps))
    },
    draw(view) {
      const width = Math.round(view.width * view.pixelRatio)
      const height = Math.round(view.height * view.pixelRatio)
      if (canvas.width !== width) canvas.width = width
      if (canvas.height !== height) canvas.height = height
      gl.disable(gl.SCISSOR_TEST)
      gl.clearColor(0, 0, 0, 0)
      gl.clear(gl.COLOR_BUFFER_BIT)
      gl.enable(gl.SCISSOR_TEST)
      gl.enable(gl.BLEND)
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
      const modes: RasterMode[] = []
      for (const [index, card] of layers.entries()) {
        const band = view.bands[index]
        if (band !== undefined) modes.push(drawLayer(card, band, view))
      }
      return modes
    },
    dispose() {
      for (const card of layers) remove(card)
      layers = []
      gl.deleteVertexArray(nothing)
      points.remove()
      density.remove()
    },
  }
}

const paletteOf = ({ palette }: RasterView): Float32Array => {
  const values = new Float32Array(3 * paletteSize)
  for (const [place, colour] of palette.slice(0, paletteSize).entries()) values.set(colour, 3 * place)
  return values
}
