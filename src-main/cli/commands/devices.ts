import type { Command } from 'commander'
import type { Device } from '../../../src-core/contracts/window/controlCalls.ts'
import { listDevices } from '../../devices/devices.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'

interface Devices {
  readonly cpu: string
  /** Cores that this process may use, which is the number of workers that `auto` means. */
  readonly cores: number
  readonly memoryGiB: number
  readonly freeMemoryGiB: number
  readonly engine: { readonly ready: boolean; readonly detail: string }
  readonly node: string
  readonly electron: string | null
}

export function addDevicesCommand(program: Command, application: Application, run: RunAction): void {
  program
    .command('devices')
    .summary('what this machine can train on')
    .description('Shows the processor, the memory, and whether the SIMD engine is ready.')
    .addHelpText('after', examples([['spiketune devices --json', 'as one JSON object']]))
    .action(
      run(async (options: GlobalOptions) => {
        const { terminal } = application
        const [device] = await listDevices(application.kernel)
        if (device === undefined) throw new Error('there is always a processor')
        const devices = describe(device)
        terminal.print(options.json ? JSON.stringify(devices) : labelled(devicesText(devices), terminal.styles))
        return devices.engine.ready ? exitCodes.success : exitCodes.environment
      }),
    )
}

function describe({ name, cores, memoryBytes, freeMemoryBytes, ready, simd, notes }: Device): Devices {
  const gibibytes = (bytes: number): number => Number((bytes / 1024 ** 3).toFixed(1))
  return {
    cpu: name,
    cores,
    memoryGiB: gibibytes(memoryBytes),
    freeMemoryGiB: gibibytes(freeMemoryBytes),
    engine: { ready, detail: ready ? simd : notes.join('; ') },
    node: process.versions.node,
    electron: process.versions['electron'] ?? null,
  }
}

const devicesText = (devices: Devices): [string, string][] => [
  ['processor', devices.cpu],
  ['cores', `${devices.cores}, so many workers by default`],
  ['memory', `${devices.memoryGiB} GiB, ${devices.freeMemoryGiB} GiB free`],
  ['engine', `${devices.engine.ready ? 'ready' : 'NOT ready'}: ${devices.engine.detail}`],
  ['runtime', `Node ${devices.node}${devices.electron === null ? '' : `, Electron ${devices.electron}`}`],
]
