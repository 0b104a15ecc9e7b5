import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import type { Command } from 'commander'
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
        const devices = await readDevices(application.kernel)
        terminal.print(options.json ? JSON.stringify(devices) : labelled(devicesText(devices), terminal.styles))
        return devices.engine.ready ? exitCodes.success : exitCodes.environment
      }),
    )
}

async function readDevices(kernel: URL): Promise<Devices> {
  const gibibytes = (bytes: number): number => Number((bytes / 1024 ** 3).toFixed(1))
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: gibibytes(totalmem()),
    freeMemoryGiB: gibibytes(freemem()),
    engine: await checkEngine(kernel),
    node: process.versions.node,
    electron: process.versions['electron'] ?? null,
  }
}

/** The engine is ready when its kernel is there and this runtime compiles it, SIMD instructions included. */
async function checkEngine(kernel: URL): Promise<Devices['engine']> {
  try {
    await WebAssembly.compile(await readFile(kernel))
    return { ready: true, detail: 'WebAssembly SIMD, 128 bit' }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ready: false, detail: `${reason}; run \`npm run build\` and try again` }
  }
}

const devicesText = (devices: Devices): [string, string][] => [
  ['processor', devices.cpu],
  ['cores', `${devices.cores}, so many workers by default`],
  ['memory', `${devices.memoryGiB} GiB, ${devices.freeMemoryGiB} GiB free`],
  ['engine', `${devices.engine.ready ? 'ready' : 'NOT ready'}: ${devices.engine.detail}`],
  ['runtime', `Node ${devices.node}${devices.electron === null ? '' : `, Electron ${devices.electron}`}`],
]
