import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

// The targets are explicit so that one build runs on Electron 33 (Node 20, Chromium 130) and on the current one.
const nodeTarget = 'node20'
const chromiumTarget = 'chrome130'

/** The command line is a `bin`: what npm links must be executable, in a clone too. */
const executableCommandLine = {
  name: 'executable-command-line',
  writeBundle: () => chmod(at('out/main/cli.js'), 0o755),
}

/**
 * Writes down which packages a bundle holds code of: the notices of a package of Spiketune have the licence of each
 * (resources/package).
 */
const bundledPackages = (bundle: string) => ({
  name: 'bundled-packages',
  async generateBundle(_options: unknown, chunks: Record<string, { type: string; moduleIds?: readonly string[] }>) {
    const modules = Object.values(chunks).flatMap(({ moduleIds }) => moduleIds ?? [])
    const names = modules.flatMap((id) => /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? [])
    await mkdir(at('out/bundled'), { recursive: true })
    await writeFile(at(`out/bundled/${bundle}.json`), `${JSON.stringify([...new Set(names)].sort(), null, 2)}\n`)
  },
})

/**
 * svgcanvas reads a font by way of a style attribute, which the content security policy refuses: through the object
 * model the same is allowed.
 */
const fontsOfSvgcanvas = {
  name: 'fonts-of-svgcanvas',
  transform(code: string, id: string): string | null {
    if (!id.includes('/svgcanvas/')) return null
    const attribute = `el.setAttribute("style", 'font:' + this.font)`
    if (!code.includes(attribute)) throw new Error('svgcanvas has changed: see fontsOfSvgcanvas')
    return code.replace(attribute, 'el.style.font = this.font')
  },
}

export default defineConfig({
  main: {
    plugins: [executableCommandLine, bundledPackages('main')],
    build: {
      target: nodeTarget,
      outDir: 'out/main',
      // An optional dependency (resources/install says why), which electron-vite would bundle; its binary must stay outside.
      externalizeDeps: { include: ['better-sqlite3'] },
      rollupOptions: {
        input: {
          main: at('src-main/main.ts'),
          cli: at('src-main/cli.ts'),
          keeper: at('src-main/keeper.ts'),
          launcher: at('src-main/launcher.ts'),
          worker: at('src-worker/worker.ts'),
          inspector: at('src-worker/inspector.ts'),
          hdf5Reader: at('src-worker/hdf5Reader.ts'),
          optimiser: at('src-worker/optimiser.ts'),
          decoding: at('src-worker/decoding.ts'),
          diagnosis: at('src-worker/diagnosis.ts'),
          models: at('src-worker/models.ts'),
          stopReplay: at('src-worker/stopReplay.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [bundledPackages('preload')],
    build: {
      target: nodeTarget,
      outDir: 'out/preload',
      // A sandboxed preload has no module loader but `require('electron')`: everything else is bundled in.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: at('src-main/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [svelte(), fontsOfSvgcanvas, bundledPackages('renderer')],
    build: {
      target: chromiumTarget,
      outDir: at('out/renderer'),
      rollupOptions: {
        input: at('src-renderer/index.html'),
        // With its settings in a chunk of its own zod is told of them before any schema is made, whatever chunk that one is in.
        output: { codeSplitting: { groups: [{ name: 'zod', test: /\/node_modules\/zod\/|\/zodSettings\.ts$/ }] } },
      },
    },
  },
})
