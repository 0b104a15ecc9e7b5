/** What nvidia-smi, which comes with NVIDIA's driver, says of the GPUs of this machine. */
import { execFile } from 'node:child_process'

export interface Gpu {
  /** `gpu0`, ... in the order of the bus. */
  readonly id: string
  readonly uuid: string
  readonly name: string
  readonly driver: string
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
export type Answer =
  { readonly kind: 'missing' } | { readonly kind: 'printed'; readonly code: number; readonly text: string }

const fields = ['index', 'name', 'uuid', 'memory.total', 'memory.used', 'utilization.gpu', 'driver_version']
export const query = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits']

/** Asks the driver. It takes some 20 ms; a driver that hangs is given up after 10 s. */
export async function queryGpus(environment: NodeJS.ProcessEnv = process.env): Promise<GpuReport> {
  return readAnswer(await askDriver(environment))
}

function askDriver(env: NodeJS.ProcessEnv): Promise<Answer> {
  return new Promise((resolve) => {
    execFile('nvidia-smi', query, { env, timeout: 10_000, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT') resolve({ kind: 'missing' })
      else {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
        const text = error?.killed === true ? 'it did not answer within 10 s' : `${stdout}\n${stderr}`
        resolve({ kind: 'printed', code, text })
      }
    })
  })
}

const mebibyte = 1024 ** 2

/** What an answer says. Lines that are no GPU are the problem. */
export function readAnswer(answer: Answer): GpuReport {
  if (answer.kind === 'missing') {
    return { gpus: [], problem: 'There is no NVIDIA driver (no nvidia-smi). With an NVIDIA GPU, install its driver.' }
  }
  const lines = answer.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const gpus: Gpu[] = []
  const said: string[] = []
  for (const line of lines) {
    const gpu = readLine(line)
    if (gpu === null) said.push(line)
    else gpus.push(gpu)
  }
  if (said.length > 0) return { gpus, problem: problemOf(said.join(' ')) }
  if (gpus.length > 0) return { gpus, problem: null }
  return { gpus, problem: answer.code === 0 ? 'The NVIDIA driver finds no GPU.' : problemOf('') }
}

function readLine(line: string): Gpu | null {
  const parts = line.split(',').map((part) => part.trim())
  const [index = '', name = '', uuid = '', total = '', used = '', utilisation = '', driver = ''] = parts
  if (parts.length !== fields.length || !/^\d+$/.test(index) || !/^(GPU|MIG)-/.test(uuid)) return null
  const [memory, taken] = [Number(total), Number(used)]
  if (!Number.isFinite(memory) || !Number.isFinite(taken)) return null
  const share = Number(utilisation)
  return {
    id: `gpu${index}`,
    uuid,
    name,
    driver,
    memoryBytes: memory * mebibyte,
    usedBytes: taken * mebibyte,
    // where it cannot tell, it prints [N/A] or [Not Supported]
    utilisation: Number.isFinite(share) ? Math.min(Math.max(share / 100, 0), 1) : null,
  }
}

function problemOf(said: string): string {
  if (/no devices were found/i.test(said)) return 'The NVIDIA driver finds no GPU.'
  if (/version mismatch/i.test(said)) {
    return `The NVIDIA driver was updated while it ran: restart the machine. It says: ${said}`
  }
  if (/is lost|reboot the system/i.test(said))
    return `A GPU does not answer any more: restart the machine. The driver says: ${said}`
  return `The NVIDIA driver does not answer: restart the machine, or install the driver anew. It says: ${said === '' ? 'nothing' : said}`
}
