// Runs before the tests in `npm test`: they need a display without a screen, native parts that load, and the build.
import { buildAll } from './common/build.mjs'
import { projectRoot } from './common/projectRoot.mjs'
import { runScript, step } from './common/steps.mjs'
import { ensurePackages, testPackages } from '../install/debian/packages.mjs'
import { installElectron } from '../install/electron/installElectron.mjs'
import { installSqlite } from '../install/sqlite/installSqlite.mjs'

await runScript(async () => {
  await step('system packages', () => ensurePackages(testPackages, 'The window of the tests', 'required'))
  // Before the system packages were there, the install could not try Electron.
  await step('Electron', () => installElectron(projectRoot))
  await step('better-sqlite3', () => installSqlite(projectRoot))
  await step('build', () => buildAll(projectRoot))
})
