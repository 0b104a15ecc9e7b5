/** How many networks are trained at the same time, and on what: `workers` of a definition as the form shows it. */
import type { MachineDevices } from '../../src-core/contracts/window/controlCalls.ts'
import type { YamlValue } from '../../src-core/study/editYaml.ts'
import { type WorkerMachine, workersByDevice } from '../../src-core/study/workersSchema.ts'
import { formatPlural } from '../trials/format.ts'
import type { NetworkKind } from '../../src-core/study/studyWords.ts'
import { kindOf } from './networkKinds.ts'

export type WorkersMode = 'automatic' | 'number' | 'devices'

export const workersModes: readonly (readonly [mode: WorkersMode, word: string])[] = [
  ['automatic', 'Automatic'],
  ['number', 'On the processor'],
  ['devices', 'By device'],
]

type Given = Readonly<Record<string, unknown>>

/** `workers` of a definition as it is written, right or wrong. */
const writtenIn = (definition: unknown): unknown =>
  typeof definition === 'object' && definition !== null && 'workers' in definition ? definition.workers : undefined

const isByDevice = (workers: unknown): workers is Given => typeof workers === 'object' && workers !== null

export const workersMode = (definition: unknown): WorkersMode => {
  const workers = writtenIn(definition)
  if (isByDevice(workers)) return 'devices'
  return workers === undefined || workers === null || workers === 'auto' ? 'automatic' : 'number'
}

/** What automatic comes to here, by device. */
const automatic = (
  machine: MachineDevices,
  kind: NetworkKind,
): readonly (readonly [device: string, count: number])[] => {
  const known: WorkerMachine = {
    cores: Math.max(
      1,
      machine.devices.reduce((sum, { cores }) => sum + cores, 0),
    ),
    gpus: machine.devices.filter((device) => device.kind === 'gpu' && isSetUp(device)).map(({ id }) => id),
  }
  return workersByDevice({ workers: 'auto', network: { type: kind } }, known)
}

/** A GPU that was lost is set up all the same: the next study tries it again. */
const isSetUp = ({ engine }: { readonly engine: string }): boolean => engine !== 'none'

/** What is written when a person chooses another way: what the way before came to, as far as it can say it. */
export const switched = (definition: unknown, mode: WorkersMode, machine: MachineDevices): YamlValue | undefined => {
  if (mode === 'automatic') return undefined
  const workers = writtenIn(definition)
  const count = (value: unknown): number => (Number.isInteger(value) ? Math.max(1, Number(value)) : 1)
  const byDefault = Object.fromEntries(automatic(machine, kindOf(definition)))
  if (mode === 'number') return isByDevice(workers) ? count(workers['cpu']) : (byDefault['cpu'] ?? 1)
  return workersMode(definition) === 'number' ? { cpu: count(workers) } : byDefault
}

/** "One on each core: 8 workers." */
export const automaticText = (machine: MachineDevices, definition: unknown): string => {
  const chosen = automatic(machine, kindOf(definition))
  if (chosen.every(([device]) => device !== 'cpu')) {
    const ids = chosen.map(([device]) => device).join(', ')
    return `One on each GPU that is set up (${ids}), none on the processor: ${formatPlural(chosen.length, 'worker')} here.`
  }
  const count = formatPlural(chosen[0]?.[1] ?? 1, 'worker')
  const others = kindOf(definition) === 'layered' ? ', since no GPU is set up' : ''
  return `One on each core of the processor${others}: ${count} here.`
}

/** A device that can have workers. */
export interface WorkerRow {
  /** As in a definition's `workers`. */
  readonly device: string
  readonly label: string
  readonly about: string
  /** Why it can have none; null: it can. */
  readonly whyNot: string | null
  /** How many it has; null where what is written is no such number. */
  readonly count: number | null
}

const layersOnly = 'Trains networks of layers only.'

/** The devices of this machine, and those that the definition names besides. */
export const workerRows = (definition: unknown, machine: MachineDevices): readonly WorkerRow[] => {
  const workers = writtenIn(definition)
  const given: Given = isByDevice(workers) ? workers : {}
  const alone = kindOf(definition) === 'layered' ? null : layersOnly
  const countOf = (device: string): number | null => {
    const written = given[device] ?? 0
    return typeof written === 'number' && Number.isInteger(written) && written >= 0 ? written : null
  }
  const row = (device: string, label: string, about: string, whyNot: string | null): WorkerRow => ({
    device,
    label,
    about,
    whyNot,
    count: countOf(device),
  })
  const rows = machine.devices.flatMap((device) => {
    const { id, kind, name, cores, notes, ready } = device
    if (kind === 'cpu') {
      return [
        row(id, 'Processor', `${name}, ${formatPlural(cores, 'core')}, by WebAssembly`, null),
        row('tensorflow', 'Processor, by TensorFlow', tensorflowAbout(machine), alone ?? tensorflowMissing(machine)),
      ]
    }
    return [row(id, id, name, alone ?? (ready || isSetUp(device) ? null : (notes[0] ?? 'It is not ready.')))]
  })
  const known = new Set(rows.map(({ device }) => device))
  const absent = Object.keys(given).filter((device) => !known.has(device))
  return [
    ...rows,
    ...absent.map((device) => row(device, device, 'not of this machine', 'This machine does not have it.')),
  ]
}

const tensorflowAbout = ({ tensorflow }: MachineDevices): string =>
  tensorflow === null ? 'for comparison with a GPU' : `TensorFlow ${tensorflow}, for comparison with a GPU`

const tensorflowMissing = ({ tensorflow }: MachineDevices): string | null =>
  tensorflow === null ? 'TensorFlow is not set up: `spiketune setup tensorflow` installs it.' : null

/** Whether a device may have one worker fewer: the study keeps at least one. */
export const mayLose = (rows: readonly WorkerRow[], { device, count }: WorkerRow): boolean =>
  (count ?? 0) > 1 || ((count ?? 0) === 1 && rows.some((other) => other.device !== device && (other.count ?? 0) > 0))
