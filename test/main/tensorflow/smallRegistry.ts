/** A package registry on this machine, from which npm installs a small binding and the node-gyp that npm itself has. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { bindingVersion } from '../../../src-main/tensorflow/installation.ts'

const gyp = `{
  'targets': [
    {
      'target_name': '<(module_name)',
      'sources': ['binding.cc'],
      'include_dirs': ['<(module_root_dir)/deps/include'],
      'libraries': ['-Wl,-rpath,\\$$ORIGIN/../../deps/lib', '-ltensorflow', '-ltensorflow_framework'],
      'library_dirs': ['<(module_root_dir)/deps/lib'],
    },
    {
      'target_name': 'after',
      'type': 'none',
      'dependencies': ['<(module_name)'],
      'copies': [{ 'files': ['<(PRODUCT_DIR)/<(module_name).node'], 'destination': '<(module_path)' }],
    },
  ],
}
`

const source = `#include <node_api.h>
#include "tensorflow/c/c_api.h"
napi_value start(napi_env env, napi_value exports) {
  napi_value version;
  napi_create_string_utf8(env, TF_Version(), NAPI_AUTO_LENGTH, &version);
  napi_set_named_property(env, exports, "TF_Version", version);
  return exports;
}
NAPI_MODULE(NODE_GYP_MODULE_NAME, start)
`

const api = `const binding = require('./lib/napi-v8/tfjs_binding.node')
exports.backend = () => ({ binding, isUsingGpuDevice: false })
exports.tensor2d = (values, [rows, columns]) => ({ values, rows, columns })
exports.matMul = (a, b) => ({
  dataSync: () =>
    Array.from({ length: a.rows * b.columns }, (_, place) => {
      const [row, column] = [Math.floor(place / b.columns), place % b.columns]
      let sum = 0
      for (let k = 0; k < a.columns; k++) sum += a.values[row * a.columns + k] * b.values[k * b.columns + column]
      return sum
    }),
})
`

const packages = {
  '@tensorflow/tfjs-node': {
    version: bindingVersion,
    about: { main: 'index.js' },
    files: { 'binding.gyp': gyp, 'binding.cc': source, 'index.js': api },
  },
  'node-gyp': {
    version: '10.99.0',
    about: { bin: { 'node-gyp': 'run.js' } },
    files: {
      'run.js':
        "#!/usr/bin/env node\nrequire('module').createRequire(process.env.npm_execpath)('node-gyp/bin/node-gyp.js')\n",
    },
  },
} as const

export class SmallRegistry {
  readonly #server: Server
  readonly #files = new Map<string, Buffer>()
  /** What requests wait for, and who is told that one came. */
  #held: { readonly until: Promise<void>; readonly came: () => void } | null = null

  private constructor(folder: string) {
    for (const [name, { version, about, files }] of Object.entries(packages)) {
      const content = join(folder, name, 'package')
      mkdirSync(content, { recursive: true })
      for (const [file, text] of Object.entries(files)) writeFileSync(join(content, file), text)
      writeFileSync(join(content, 'package.json'), JSON.stringify({ name, version, ...about }))
      const archive = join(folder, `${name.replace('/', '-')}.tgz`)
      execFileSync('tar', ['-czf', archive, '-C', dirname(content), 'package'])
      this.#files.set(`/${name}.tgz`, readFileSync(archive))
    }
    this.#server = createServer((request, response) => {
      void this.#answer(decodeURIComponent(request.url ?? '')).then((body) => {
        response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json' }).end(body ?? '{}')
      })
    })
  }

  static async start(folder: string): Promise<SmallRegistry> {
    const registry = new SmallRegistry(folder)
    await new Promise<void>((resolve) => {
      registry.#server.listen(0, '127.0.0.1', resolve)
    })
    return registry
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  /** From now on requests wait until it is released; `asked` resolves when the first one came. */
  hold(): { readonly asked: Promise<void>; release(): void } {
    let release = (): void => undefined
    let came = (): void => undefined
    const until = new Promise<void>((resolve) => (release = resolve))
    const asked = new Promise<void>((resolve) => (came = resolve))
    this.#held = { until, came }
    return {
      asked,
      release: () => {
        this.#held = null
        release()
      },
    }
  }

  async #answer(path: string): Promise<Buffer | string | null> {
    this.#held?.came()
    await this.#held?.until
    const file = this.#files.get(path)
    if (file !== undefined) return file
    const found = Object.entries(packages).find(([name]) => path === `/${name}`)
    if (found === undefined) return null
    const [name, { version, about }] = found
    const dist = { tarball: `${this.url}${name}.tgz` }
    return JSON.stringify({
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { name, version, ...about, dist } },
    })
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
