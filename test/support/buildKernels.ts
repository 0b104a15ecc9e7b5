import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Compiles the kernels that are older than their sources, once before the unit tests. */
export default function buildKernels(): void {
  const script = fileURLToPath(new URL('../../resources/scripts/buildKernels.mjs', import.meta.url))
  execFileSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] })
}
