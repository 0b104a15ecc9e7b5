// Opens the window: `npm start`, `npm start -- <study>`.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './common/projectRoot.mjs'
import { runAttached } from './common/runProcess.mjs'
import { SetupProblem, runScript } from './common/steps.mjs'
import { electronArguments, whyNoDisplay } from './common/startWindow.mjs'
import { installLine, windowPackages } from '../install/debian/packages.mjs'
import { binaryName, checkRuntime, runtimeFolder } from '../install/electron/runtime.mjs'

await runScript(async () => {
  const noDisplay = whyNoDisplay(process.platform, process.env)
  if (noDisplay) throw new SetupProblem(noDisplay)
  const folder = runtimeFolder(projectRoot)
  const state = await checkRuntime(folder)
  if (state.kind === 'libraries') {
    const line = await installLine(windowPackages)
    throw new SetupProblem(
      `the window needs ${state.missing} and maybe more, which this system lacks. Run\n\n  ${line}`,
    )
  }
  if (state.kind !== 'works') {
    throw new SetupProblem(
      'there is no working Electron here. Run `npm install` again and read what it says about Electron.',
    )
  }
  if (!existsSync(join(projectRoot, 'out', 'main')))
    throw new SetupProblem('nothing is built yet. Run `npm run build`.')
  const args = electronArguments(projectRoot, process.argv.slice(2), process.getuid?.() === 0)
  // npm runs its scripts in the project's folder: a study's relative path means the folder where the user typed it.
  const cwd = process.env.INIT_CWD ?? process.cwd()
  delete process.env.ELECTRON_RUN_AS_NODE
  return runAttached(join(folder, binaryName()), args, { cwd })
})
