import type { Command } from 'commander'
import type { Device, MachineDevices } from '../../../src-core/contracts/window/controlCalls.ts'
import { listDevices } from '../../devices/devices.ts'
import { type Clock, systemClock } from '../../scheduler/clock.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { formatMemory } from '../text/format.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'

interface Options extends GlobalOptions {
  readonly watch?: boolean
}

/** Between two looks of --watch, and of the window. */
const lookMs = 2000

export const addDevicesCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('devices')
    .summary('what this machine can train on')
    .description('Shows the processor and the GPUs, what each can train, and what is missing to use a GPU.')
    .option('--watch', `look again every ${lookMs / 1000} s, until Ctrl-C`)
    .addHelpText(
      'after',
      examples([
        ['spiketune devices --watch', 'memory and load while a study runs'],
        ['spiketune devices --json', 'as one JSON object'],
      ]),
    )
    .action(
      run(async (options: Options) => {
        const show = (): Promise<boolean> => showDevices(application, options)
        let ready = await show()
        while (options.watch && !application.terminal.closed.aborted) {
          await later(systemClock)
          ready = await show()
        }
        return ready ? exitCodes.success : exitCodes.environment
      }),
    )
}

const later = (clock: Pick<Clock, 'after'>): Promise<void> =>
  new Promise((resolve) => {
    clock.after(lookMs, resolve)
  })

/** @returns whether the processor is ready */
const showDevices = async (
  { terminal, kernel, environment, devices }: Application,
  options: Options,
): Promise<boolean> => {
  const found = await listDevices({ kernel, environment, lost: devices.lost })
  if (options.json) terminal.print(JSON.stringify(devicesJson(found)))
  else
    terminal.print(
      devicesText(found)
        .map((block) => labelled(block, terminal.styles))
        .join('\n\n'),
    )
  if (options.watch && !options.json) terminal.print('')
  return found.devices[0]?.ready === true
}

const gibibytes = (bytes: number): number => Number((bytes / 1024 ** 3).toFixed(1))

/** What scripts read. */
const devicesJson = ({ devices: [processor, ...gpus], missing }: MachineDevices): object => ({
  cpu: processor?.name,
  cores: processor?.cores,
  memoryGiB: gibibytes(processor?.memoryBytes ?? 0),
  freeMemoryGiB: gibibytes(processor?.freeMemoryBytes ?? 0),
  engine: { ready: processor?.ready, detail: detailOf(processor) },
  node: process.versions.node,
  electron: process.versions['electron'] ?? null,
  gpus: gpus.map(({ memoryBytes, freeMemoryBytes, ...gpu }) => ({
    ...gpu,
    memoryGiB: gibibytes(memoryBytes),
    freeMemoryGiB: gibibytes(freeMemoryBytes),
  })),
  missing,
})

const detailOf = (device: Device | undefined): string | undefined =>
  device?.ready === true ? device.engine : device?.notes.join('; ')

/** A block of names and values for each device. */
const devicesText = ({ devices, missing }: MachineDevices): [string, string][][] => {
  const blocks = devices.map((device) => (device.kind === 'cpu' ? processorText(device) : gpuText(device)))
  return missing === null ? blocks : [...blocks, [['GPU', missing]]]
}

const memoryText = ({ memoryBytes, freeMemoryBytes }: Device): string =>
  memoryBytes === 0 ? 'not told by the driver' : `${formatMemory(memoryBytes)}, ${formatMemory(freeMemoryBytes)} free`

const processorText = (device: Device): [string, string][] => {
  const electron = process.versions['electron']
  return [
    ['processor', device.name],
    ['cores', `${device.cores}, which is the default number of workers without a GPU`],
    ['memory', memoryText(device)],
    ['engine', `${device.ready ? 'ready' : 'NOT ready'}: ${detailOf(device) ?? ''}`],
    ['runtime', `Node ${process.versions.node}${electron === undefined ? '' : `, Electron ${electron}`}`],
  ]
}

const gpuText = (device: Device): [string, string][] => {
  const { utilisation, driver } = device
  return [
    [device.id, device.name],
    ['memory', memoryText(device)],
    ['load', utilisation === null ? 'not told by the driver' : `${Math.round(utilisation * 100)} %`],
    ['driver', driver ?? 'unknown'],
    ['engine', `${device.ready ? 'ready' : 'NOT ready'}: ${device.engine}`],
    ...device.notes.map((note): [string, string] => ['', note]),
  ]
}
