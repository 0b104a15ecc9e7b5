// Builds what changed: `npm run build`.
import { buildAll } from './common/build.mjs'
import { projectRoot } from './common/projectRoot.mjs'
import { runScript, step } from './common/steps.mjs'

await runScript(() => step('build', () => buildAll(projectRoot)))
