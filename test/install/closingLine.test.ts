import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot } from '../../resources/scripts/common/projectRoot.mjs'
import { runProcess } from '../../resources/scripts/common/runProcess.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spiketune-closing-'))
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
  const reporter = join(projectRoot, 'test/support/closingLineReporter.ts')
  writeFileSync(join(root, 'vitest.config.mjs'), `export default { test: { reporters: ['default', '${reporter}'] } }`)
})
afterEach(() => rmSync(root, { recursive: true }))

/** Runs vitest on these files; answers its exit code and the last line of its output. */
const run = async (
  files: Readonly<Record<string, string>>,
): Promise<{ code: number | null; last: string | undefined }> => {
  for (const [name, body] of Object.entries(files)) {
    writeFileSync(join(root, `${name}.test.js`), `import { beforeAll, describe, expect, it } from 'vitest'\n${body}`)
  }
  const vitest = join(projectRoot, 'node_modules/vitest/vitest.mjs')
  const ended = await runProcess(process.execPath, [vitest, 'run', '--root', root])
  return { code: ended.code, last: ended.stdout.trimEnd().split('\n').at(-1) }
}

describe('the closing line', () => {
  it('tells how many tests passed', async () => {
    const passing = `it('one', () => expect(1).toBe(1)); describe('group', () => { it('two', () => expect(2).toBe(2)) })`
    expect(await run({ passing })).toEqual({ code: 0, last: '2 passed, 0 failed' })
  })

  it('counts failed tests, files that do not load, failed hooks and skipped tests', async () => {
    const result = await run({
      mixed: `it('passes', () => expect(1).toBe(1)); it('fails', () => expect(1).toBe(2)); it.skip('is skipped', () => {})`,
      broken: `import './missing.js'`,
      hook: `describe('group', () => { beforeAll(() => { throw new Error('no') }); it('cannot run', () => {}) })`,
    })
    expect(result.code).toBe(1)
    expect(result.last).toBe('1 passed, 3 failed, 2 skipped')
  })
})
