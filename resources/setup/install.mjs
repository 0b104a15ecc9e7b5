// Runs at the end of `npm install`: gets an Electron runtime and a better-sqlite3 that load on this machine.
// Running it again is harmless and takes a second.
import { projectRoot } from './common/projectRoot.mjs'
import { runScript, step } from './common/steps.mjs'
import { installElectron } from './electron/installElectron.mjs'
import { installSqlite } from './sqlite/installSqlite.mjs'

await runScript(async () => {
  await step('Electron', () => installElectron(projectRoot))
  await step('better-sqlite3', () => installSqlite(projectRoot))
})
