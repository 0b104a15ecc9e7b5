// Compiles the WebAssembly kernels that are older than their sources: `npm run build:kernels`.
import { buildKernels } from './common/kernels.mjs'
import { projectRoot } from './common/projectRoot.mjs'
import { runScript, step } from './common/steps.mjs'

await runScript(async () => {
  await step('kernels', async () => {
    const { built, upToDate } = await buildKernels(projectRoot)
    if (built.length > 0) return `compiled ${built.join(', ')}`
    return upToDate.length > 0 ? `${upToDate.join(', ')} up to date` : 'none to compile yet'
  })
})
