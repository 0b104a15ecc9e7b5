/** What nvidia-smi, which comes with NVIDIA's driver, says of the GPUs of this machine. */
import { execFile } from 'node:child_process'

export interface Gpu {
  /** `gpu0`, ... in the order of the bus. */
  readonly id: string
  readonly uuid: string
  readonly name: string
  readonly driver: string
  /** 0: it does not say, as where processor and GPU share their memory. */
  readonly memoryBytes: number
  readonly usedBytes: number
  /** Share of the last moment in which it computed, 0 to 1; null: it does not say. */
  readonly utilisation: number | null
}

export interface GpuReport {
  readonly gpus: readonly Gpu[]
  /** Why there are none, or not all; what to do is part of it. */
  readonly problem: string | null
}

/** What came of asking: what was printed, or that there is no such program. */
type Answer = { readonly kind: 'missing' } | { readonly kind: 'printed'; readonly code: number; readonly text: string }

const fields = ['index', 'name', 'uuid', 'memory.total', 'memory.used', 'utilization.gpu', 'driver_version']
const query = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits']

/** Asks the driver. It takes some 20 ms; a driver that hangs is given up after 10 s. */
export const queryGpus = async (
  environment: NodeJS.ProcessEnv = process.env,
  patienceMs = 10_000,
): Promise<GpuReport> => readAnswer(await askDriver(environment, patienceMs))

const askDriver = (env: NodeJS.ProcessEnv, patienceMs: number): Promise<Answer> =>
  new Promise((resolve) => {
    const child = execFile('nvidia-smi', query, { env, encoding: 'utf8' }, (error, stdout, stderr) => {
      clearTimeout(timer)
      if (error?.code === 'ENOENT') resolve({ kind: 'missing' })
      else if (error === null) resolve({ kind: 'printed', code: 0, text: `${stdout}\n${stderr}` })
      else {
        const code = typeof error.code === 'number' ? error.code : 1
        const said = `${stdout}\n${stderr}`.trim()
        const unsaid = typeof error.code === 'number' ? `nothing, exit code ${code}` : (error.code ?? error.message)
        resolve({ kind: 'printed', code, text: said === '' ? unsaid : said })
      }
    })
    // A program that waits for a dead GPU cannot be killed: it is let go of, or nothing here would ever end.
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      child.stdout?.destroy()
      child.stderr?.destroy()
      child.unref()
      resolve({ kind: 'printed', code: 1, text: `it did not answer within ${patienceMs / 1000} s` })
    }, patienceMs)
  })

const mebibyte = 1024 ** 2

/** Parts that a GPU is split into (MIG) are no GPUs of their own. */
const partOfGpu = /^MIG .*\(UUID: MIG-/

/** What an answer says. Lines that are no GPU are the problem. */
export const readAnswer = (answer: Answer): GpuReport => {
  if (answer.kind === 'missing') {
    return { gpus: [], problem: 'There is no NVIDIA driver (no nvidia-smi). With an NVIDIA GPU, install its driver.' }
  }
  const lines = answer.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !partOfGpu.test(line))
  const gpus: Gpu[] = []
  const said: string[] = []
  for (const line of lines) {
    const gpu = readLine(line)
    if (gpu === null) said.push(line)
    else gpus.push(gpu)
  }
  if (said.length > 0) return { gpus, problem: problemOf(said.join(' ')) }
  if (gpus.length > 0) return { gpus, problem: null }
  return { gpus, problem: answer.code === 0 ? 'The NVIDIA driver finds no GPU.' : problemOf('nothing') }
}

const readLine = (line: string): Gpu | null => {
  const parts = line.split(',').map((part) => part.trim())
  const [index = '', name = '', uuid = '', total = '', used = '', utilisation = '', driver = ''] = parts
  if (parts.length !== fields.length || !/^\d+$/.test(index) || !/^(GPU|MIG)-/.test(uuid)) return null
  const [memory, taken] = [readNumber(total), readNumber(used)]
  if (memory === 'damaged' || taken === 'damaged') return null
  const share = readNumber(utilisation)
  return {
    id: `gpu${index}`,
    uuid,
    name,
    driver,
    memoryBytes: (memory ?? 0) * mebibyte,
    usedBytes: (taken ?? 0) * mebibyte,
    utilisation: typeof share === 'number' ? Math.min(share / 100, 1) : null,
  }
}

/** null: the driver cannot tell; `damaged`: it tells something else, such as [GPU requires reset]. */
const readNumber = (text: string): number | null | 'damaged' => {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  return /^\[?(N\/A|Not Supported)\]?$/i.test(text) ? null : 'damaged'
}

const problemOf = (all: string): string => {
  const said = printable(all)
  if (/no devices were found/i.test(said)) return 'The NVIDIA driver finds no GPU.'
  if (/version mismatch/i.test(said)) {
    return `The NVIDIA driver was updated while it ran: restart the machine. It says: ${said}`
  }
  if (/not a valid field/i.test(said)) return `The NVIDIA driver is too old: install a newer one. It says: ${said}`
  if (/is lost|reboot the system|requires reset/i.test(said))
    return `A GPU does not answer any more: restart the machine. The driver says: ${said}`
  return `The NVIDIA driver does not answer: restart the machine, or install the driver anew. It says: ${said}`
}

const longestSaid = 300

/** On one line, without what a terminal would take for commands. */
const printable = (text: string): string => {
  const plain = text
    .replace(/[\p{C}\ufffd]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const whole = [...plain]
  return whole.length <= longestSaid ? plain : `${whole.slice(0, longestSaid).join('')}…`
}
