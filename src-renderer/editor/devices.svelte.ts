import type { MachineDevices } from '../../src-core/contracts/window/controlCalls.ts'
import type { WireError } from '../../src-core/contracts/window.ts'
import { call } from '../bridge/bridge.ts'

/** Between two looks at memory and load, while they are shown. */
const lookMs = 2000

/** What this machine can train on, looked at while it is shown. */
export class Devices {
  /** Null: not looked at yet. */
  machine = $state.raw<MachineDevices | null>(null)
  error = $state.raw<WireError | null>(null)

  async load(): Promise<void> {
    const answer = await call('listDevices', null)
    if (answer.ok) this.machine = answer.value
    this.error = answer.ok ? null : answer.error
  }

  /** Looks now and every two seconds; returns how to end that. */
  watch(): () => void {
    void this.load()
    const timer = setInterval(() => void this.load(), lookMs)
    return () => {
      clearInterval(timer)
    }
  }
}
