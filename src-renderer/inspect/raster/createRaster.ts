import { createCanvasRaster } from './canvasRaster.ts'
import type { RasterLayer, RasterRenderer, RasterView } from './raster.ts'
import { createWebglRaster } from './webglRaster.ts'

/** A raster on a canvas, whatever the machine has to draw it with. */
export interface Raster {
  /** null while the graphics card is lost, or where nothing can draw. */
  readonly kind: RasterRenderer['kind'] | null
  setLayers(layers: readonly RasterLayer[], steps: number): void
  /** Draws `view` in the next frame; a later one of the same frame wins. */
  show(view: RasterView): void
  dispose(): void
}

interface RasterEvents {
  /** After a drawing: script time in ms, and how the layers were drawn. */
  drawn(scriptMs: number, modes: readonly string[]): void
  /** The graphics card was lost (true), or came back (false). */
  lost(lost: boolean): void
}

/** Survives the loss of the graphics card: what was shown is put back on it when it returns. */
export const createRaster = (canvas: HTMLCanvasElement, events: RasterEvents): Raster => {
  let renderer = createWebglRaster(canvas) ?? createCanvasRaster(canvas)
  let shown: { layers: readonly RasterLayer[]; steps: number } = { layers: [], steps: 1 }
  let next: RasterView | null = null
  let frame = 0

  const draw = (): void => {
    frame = 0
    if (next === null || renderer === null) return
    const start = performance.now()
    const modes = renderer.draw(next)
    events.drawn(performance.now() - start, modes)
  }
  const ask = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw)
  }
  const lose = (event: Event): void => {
    // Without this the context never comes back.
    event.preventDefault()
    renderer = null
    events.lost(true)
  }
  const restore = (): void => {
    renderer = createWebglRaster(canvas)
    renderer?.setLayers(shown.layers, shown.steps)
    events.lost(renderer === null)
    ask()
  }
  canvas.addEventListener('webglcontextlost', lose)
  canvas.addEventListener('webglcontextrestored', restore)

  return {
    get kind() {
      return renderer?.kind ?? null
    },
    setLayers(layers, steps) {
      shown = { layers, steps }
      renderer?.setLayers(layers, steps)
      ask()
    },
    show(view) {
      next = view
      ask()
    },
    dispose() {
      cancelAnimationFrame(frame)
      canvas.removeEventListener('webglcontextlost', lose)
      canvas.removeEventListener('webglcontextrestored', restore)
      renderer?.dispose()
      renderer = null
    },
  }
}
