// Makes sure that the Debian packages which the window and its tests need are installed.
import { ensurePackages, testPackages } from './debian/packages.mjs'
import { runScript, step } from '../scripts/common/steps.mjs'

await runScript(() => step('system packages', () => ensurePackages(testPackages, 'A window', 'required')))
