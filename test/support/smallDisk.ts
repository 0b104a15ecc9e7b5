import { execFileSync } from 'node:child_process'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './temporaryFolder.ts'

/** Only the administrator may mount; elsewhere tests of a full disk are shown as skipped. */
export const mayMount = process.platform === 'linux' && process.getuid?.() === 0

/** A disk of its own that can be filled to the last byte, or protected against writing. */
export class SmallDisk {
  readonly folder = temporaryFolder()
  readonly #ballast = join(this.folder, 'ballast')

  constructor(size: string) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', this.folder])
    onTestFinished(() => {
      execFileSync('umount', ['--lazy', this.folder])
    })
  }

  /** Leaves so many blocks free. */
  fill(blocksLeft = 0): void {
    const { bavail, bsize } = statfsSync(this.folder)
    writeFileSync(this.#ballast, Buffer.alloc((bavail - blocksLeft) * bsize))
  }

  free(): void {
    rmSync(this.#ballast)
  }

  /** From now on it may only be read, by the administrator too. */
  protect(): void {
    execFileSync('mount', ['-o', 'remount,ro', this.folder])
  }
}
