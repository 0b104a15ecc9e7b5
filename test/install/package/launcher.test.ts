import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../../resources/scripts/common/projectRoot.mjs'
import { runProcess } from '../../../resources/scripts/common/runProcess.mjs'

it.runIf(process.platform === 'linux')('finds its runtime from any folder, through a link', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spiketune launcher '))
  try {
    const installed = join(folder, 'some where', 'spiketune')
    mkdirSync(join(installed, 'bin'), { recursive: true })
    copyFileSync(join(projectRoot, 'resources/package/launcher.sh'), join(installed, 'bin', 'spiketune'))
    writeFileSync(join(installed, 'spiketune'), '#!/bin/sh\nprintf "%s\\n" "$ELECTRON_RUN_AS_NODE" "$@"\n')
    for (const path of ['bin/spiketune', 'spiketune']) chmodSync(join(installed, path), 0o755)
    symlinkSync('some where/spiketune/bin/spiketune', join(folder, 'spiketune'))
    const ended = await runProcess(join(folder, 'spiketune'), ['show', 'my study'], { cwd: '/' })
    expect(ended.stdout).toBe(`1\n${installed}/resources/app.asar/out/main/cli.js\nshow\nmy study\n`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
