import type { Device } from '../../src-core/contracts/window/controlCalls.ts'
import type { WireError } from '../../src-core/contracts/window.ts'
import { call } from '../bridge/bridge.ts'

/** What this machine can train on, asked for when it is first shown. */
export class Devices {
  list = $state.raw<readonly Device[] | null>(null)
  error = $state.raw<WireError | null>(null)

  async load(): Promise<void> {
    const answer = await call('listDevices', null)
    if (answer.ok) this.list = answer.value
    this.error = answer.ok ? null : answer.error
  }
}
