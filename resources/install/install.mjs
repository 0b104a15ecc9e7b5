// Runs at the end of `npm install`: gets an Electron runtime and a better-sqlite3 that load on this machine.
// Running it again is harmless and takes a second.
import { projectRoot } from '../scripts/common/projectRoot.mjs'
import { SetupProblem, runScript, step } from '../scripts/common/steps.mjs'
import { installElectron } from './electron/installElectron.mjs'
import { installSqlite } from './sqlite/installSqlite.mjs'

await runScript(async () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupProblem(
      `Spiketune needs Node 20.19 or newer, this is ${process.versions.node}. Install a newer Node first.`,
    )
  }
  await step('Electron', () => installElectron(projectRoot))
  await step('better-sqlite3', () => installSqlite(projectRoot))
})
