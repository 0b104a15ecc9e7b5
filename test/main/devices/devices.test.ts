import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listDevices } from '../../../src-main/devices/devices.ts'
import { StudyDevices } from '../../../src-main/devices/studyDevices.ts'
import { LostDevices } from '../../../src-main/devices/lostDevices.ts'
import { workersInAll } from '../../../src-core/study/workersSchema.ts'
import { queryGpus } from '../../../src-main/devices/nvidiaSmi.ts'
import { installationText } from '../../../src-main/tensorflow/installation.ts'

const one = '0, NVIDIA H200, GPU-6a3e3f5c-0d2b-4c8e-9d3a-1f2e3d4c5b6a, 143771, 512, 37, 570.86.15'
const two = `0, NVIDIA GeForce RTX 4090, GPU-11111111-2222-3333-4444-555555555555, 24564, 1234, 0, 550.54.14
1, NVIDIA GeForce RTX 4090, GPU-66666666-7777-8888-9999-000000000000, 24564, 24000, 100, 550.54.14`
const mig = '0, NVIDIA A100-SXM4-40GB, GPU-aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee, 40960, 5, [N/A], 535.161.08'

let folder: string
let environment: NodeJS.ProcessEnv
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spiketune-devices-'))
  environment = {
    PATH: `${folder}:${dirname(process.execPath)}:/usr/bin:/bin`,
    SPIKETUNE_TENSORFLOW: join(folder, 'tensorflow'),
  }
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** A program `nvidia-smi` that prints this. */
const driver = (stdout: string, { stderr = '', code = 0 } = {}): void => {
  const file = join(folder, 'nvidia-smi')
  writeFileSync(file, `#!/bin/sh\ncat <<'END'\n${stdout}\nEND\ncat >&2 <<'END'\n${stderr}\nEND\nexit ${code}\n`)
  chmodSync(file, 0o755)
}

const cudaInstalled = (): void => {
  const own = join(folder, 'tensorflow', 'cuda')
  mkdirSync(own, { recursive: true })
  const libraryFolders = ['/opt/nvidia/cublas/lib', '/opt/nvidia/cudnn/lib']
  writeFileSync(
    join(own, 'installation.json'),
    installationText({
      variant: 'cuda',
      package: '@tensorflow/tfjs-node',
      bindingVersion: '4.22.0',
      tensorflowVersion: '2.21.0',
      source: 'a test',
      libraryFolders,
    }),
  )
}

describe('GPUs by nvidia-smi', () => {
  it('are read with memory, load and driver', async () => {
    driver(one)
    expect(await queryGpus(environment)).toEqual({
      gpus: [
        {
          id: 'gpu0',
          uuid: 'GPU-6a3e3f5c-0d2b-4c8e-9d3a-1f2e3d4c5b6a',
          name: 'NVIDIA H200',
          driver: '570.86.15',
          memoryBytes: 143771 * 1024 ** 2,
          usedBytes: 512 * 1024 ** 2,
          utilisation: 0.37,
        },
      ],
      problem: null,
    })
  })

  it('are several, or do not tell their load', async () => {
    driver(two)
    const { gpus } = await queryGpus(environment)
    expect(gpus.map(({ id, utilisation }) => [id, utilisation])).toEqual([
      ['gpu0', 0],
      ['gpu1', 1],
    ])
    driver(mig)
    expect((await queryGpus(environment)).gpus[0]?.utilisation).toBeNull()
  })

  it.each([
    ['', { stderr: 'No devices were found', code: 6 }, /finds no GPU/],
    ['', {}, /finds no GPU/],
    ['Failed to initialize NVML: Driver/library version mismatch', { code: 18 }, /updated while it ran: restart/],
    ['Failed to initialize NVML: Unknown Error', { code: 255 }, /does not answer.*Unknown Error/],
    [
      'Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost.  Reboot the system to recover this GPU',
      { code: 15 },
      /does not answer any more: restart/,
    ],
    ['', { code: 9 }, /does not answer.*nothing/],
  ])('are none where it prints "%s"', async (stdout, rest, problem) => {
    driver(stdout, rest)
    const report = await queryGpus(environment)
    expect(report.gpus).toEqual([])
    expect(report.problem).toMatch(problem)
  })

  it('that still answer are there beside one that does not', async () => {
    driver(`${one}\nUnable to determine the device handle for GPU 0000:02:00.0: GPU is lost.`, { code: 15 })
    const report = await queryGpus(environment)
    expect(report.gpus).toHaveLength(1)
    expect(report.problem).toMatch(/is lost/)
  })

  it('are none where it hangs, and cannot be killed with all it started', async () => {
    driver('')
    writeFileSync(
      join(folder, 'nvidia-smi'),
      `#!/bin/sh\ntrap "" TERM\nsleep 1000 &\necho $! > '${folder}/sleeper'\nwait\n`,
    )
    const report = await queryGpus(environment, 200)
    // Nobody waited for it: it still sleeps, if it came to that.
    const sleeper = join(folder, 'sleeper')
    if (existsSync(sleeper)) process.kill(Number(readFileSync(sleeper, 'utf8')))
    expect(report).toMatchObject({ gpus: [], problem: expect.stringMatching(/did not answer within 0.2 s/) as string })
  })

  it('are none where it may not be run', async () => {
    driver(one)
    chmodSync(join(folder, 'nvidia-smi'), 0o644)
    expect((await queryGpus({ PATH: folder })).problem).toMatch(/does not answer.*EACCES/)
  })

  it('are none without a driver', async () => {
    expect(await queryGpus({ PATH: folder })).toEqual({
      gpus: [],
      problem: 'There is no NVIDIA driver (no nvidia-smi). With an NVIDIA GPU, install its driver.',
    })
  })
})

describe('devices', () => {
  const kernel = new URL('../../../out/kernels/stdp.wasm', import.meta.url)

  it('say what is missing to use a GPU, step by step', async () => {
    const lost = new LostDevices()
    const list = () => listDevices({ kernel, environment, lost })
    driver('', { stderr: 'No devices were found' })
    expect(await list()).toMatchObject({
      devices: [{ id: 'cpu', ready: true }],
      missing: 'The NVIDIA driver finds no GPU.',
    })
    driver(one)
    expect(await list()).toMatchObject({
      devices: [{ id: 'cpu' }, { id: 'gpu0', ready: false }],
      missing: 'TensorFlow is not set up: `npx spiketune setup cuda` installs it.',
    })
    cudaInstalled()
    expect(await list()).toMatchObject({ devices: [{ id: 'cpu' }, { id: 'gpu0', ready: true }], missing: null })
    lost.mark('gpu0', 'CUDA_ERROR_ILLEGAL_ADDRESS')
    expect(await list()).toMatchObject({
      devices: [{ id: 'cpu' }, { ready: false, notes: [expect.stringContaining('CUDA_ERROR_ILLEGAL_ADDRESS')] }],
      missing: 'No GPU is ready.',
    })
  })
})

describe('workers on devices', () => {
  const network = { type: 'layered' } as const
  const lanes = (workers: Record<string, number>) => new StudyDevices(environment).chooseLanes({ workers, network })

  it('get one GPU each by its uuid, its libraries, and memory as they need it', async () => {
    driver(two)
    cudaInstalled()
    const chosen = await lanes({ gpu1: 2, cpu: 1 })
    expect(chosen.map(({ name, device }) => [name, device])).toEqual([
      ['gpu1-0', 'gpu1'],
      ['gpu1-1', 'gpu1'],
      ['cpu-0', 'cpu'],
    ])
    expect(chosen[0]?.launch).toMatchObject({
      environment: {
        CUDA_VISIBLE_DEVICES: 'GPU-66666666-7777-8888-9999-000000000000',
        TF_FORCE_GPU_ALLOW_GROWTH: 'true',
        NVIDIA_TF32_OVERRIDE: '0',
        LD_LIBRARY_PATH: '/opt/nvidia/cublas/lib:/opt/nvidia/cudnn/lib',
      },
      device: { kernels: 'tensorflow', gpu: true, folder: join(folder, 'tensorflow', 'cuda') },
    })
    expect(chosen[2]?.launch).toBeUndefined()
  })

  it('are refused where the GPU is not there, or TensorFlow is not set up', async () => {
    driver(one)
    await expect(lanes({ gpu3: 1 })).rejects.toThrow(
      /gpu3, which this machine does not have. There are gpu0 \(NVIDIA H200\)/,
    )
    await expect(lanes({ gpu0: 1 })).rejects.toThrow(/spiketune setup cuda/)
    await expect(lanes({ tensorflow: 1 })).rejects.toThrow(/spiketune setup tensorflow/)
  })

  it('are one on each GPU where the study says nothing, and the same number is told before', async () => {
    driver(two)
    cudaInstalled()
    const study = { workers: 'auto', network } as const
    const devices = new StudyDevices(environment)
    await devices.look(study)
    expect(devices.machine.gpus).toEqual(['gpu0', 'gpu1'])
    expect(workersInAll(study, devices.machine)).toBe(2)
    devices.lost.mark('gpu1', 'CUDA_ERROR_UNKNOWN')
    expect((await devices.chooseLanes(study)).map(({ name }) => name)).toEqual(['gpu0-0', 'gpu1-0'])
    expect(devices.lost.reasonOf('gpu1')).toBeNull()
    const stdp = await devices.chooseLanes({ workers: 'auto', network: { type: 'diehl-cook' } })
    expect(new Set(stdp.map(({ device }) => device))).toEqual(new Set(['cpu']))
  })

  it('are on the processor where no GPU is set up, with one notice of those that are there', async () => {
    driver(one)
    const devices = new StudyDevices(environment)
    const notices: string[] = []
    const said = new Promise<void>((resolve) => {
      devices.subscribe((notice) => {
        notices.push(notice)
        resolve()
      })
    })
    const chosen = await devices.chooseLanes({ workers: 'auto', network })
    expect(new Set(chosen.map(({ device }) => device))).toEqual(new Set(['cpu']))
    await said
    expect(notices).toEqual([expect.stringMatching(/gpu0, NVIDIA H200.*spiketune setup cuda/)])
  })

  it('are on the processor where the driver of GPUs that are set up fails, and say why, once', async () => {
    driver('', { stderr: 'No devices were found', code: 6 })
    cudaInstalled()
    const devices = new StudyDevices(environment)
    const notices: string[] = []
    devices.subscribe((notice) => notices.push(notice))
    for (const _ of [1, 2]) {
      const chosen = await devices.chooseLanes({ workers: 'auto', network })
      expect(chosen[0]?.device).toBe('cpu')
    }
    expect(notices).toEqual(['The NVIDIA driver finds no GPU. Training on the processor.'])
  })

  it('say which device was lost', () => {
    const devices = new StudyDevices(environment)
    const notices: string[] = []
    const release = devices.subscribe((notice) => notices.push(notice))
    devices.lost.mark('gpu0', 'CUDA_ERROR_UNKNOWN')
    release()
    devices.lost.mark('gpu1', 'CUDA_ERROR_UNKNOWN')
    expect(notices).toEqual([expect.stringMatching(/^gpu0 is used no more: CUDA_ERROR_UNKNOWN/)])
  })
})
