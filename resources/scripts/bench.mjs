// Runs a benchmark of bench/ under plain Node: `npm run bench -- <name> [arguments]`.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { buildKernels } from './common/kernels.mjs'
import { projectRoot } from './common/projectRoot.mjs'
import { runAttached } from './common/runProcess.mjs'
import { SetupProblem, runScript } from './common/steps.mjs'

await runScript(async () => {
  const [name, ...args] = process.argv.slice(2)
  const names = readdirSync(join(projectRoot, 'bench'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
  if (name === undefined || !names.includes(name)) {
    const found = name === undefined ? '' : `there is no benchmark ${name}. `
    throw new SetupProblem(`${found}npm run bench -- <name> [arguments], where <name> is one of: ${names.join(', ')}`)
  }
  await buildKernels(projectRoot)
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    build: {
      ssr: join(projectRoot, 'bench', `${name}.ts`),
      target: 'node20',
      outDir: join(projectRoot, 'out', 'bench'),
      emptyOutDir: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: `${name}.js`, codeSplitting: false } },
    },
  })
  return runAttached(process.execPath, [join(projectRoot, 'out', 'bench', `${name}.js`), ...args], { cwd: projectRoot })
})
