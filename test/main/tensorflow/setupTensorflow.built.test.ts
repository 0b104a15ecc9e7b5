/**
 * `spiketune setup` from its first step to its last, in real processes: Python unpacks, pip installs, npm fetches, node-gyp
 * and the compiler build, and the result is loaded. What they are given is small and made here, because TensorFlow itself is
 * neither in the package nor in what `npm ci` fetches: a success with the real one takes pip and 270 MB, see docs/devices.md.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Workspace } from '../cli/spiketune.ts'
import { SmallRegistry } from './smallRegistry.ts'
import { dyingLibrary, makeWheel, smallVersion, type SmallWheel } from './smallWheel.ts'

const runs = (program: string, ...words: string[]): boolean => spawnSync(program, words).status === 0
const missing = [
  ...['make', 'g++', 'npm'].filter((tool) => !runs(tool, '--version')),
  ...(runs('python3', '-c', 'import venv, ensurepip') ? [] : ['python3 with venv']),
  // Without them node-gyp fetches them from a place that tests must not need.
  ...(existsSync(join(dirname(process.execPath), '..', 'include', 'node', 'node_api.h')) ? [] : ["Node's headers"]),
]

describe.skipIf(process.platform !== 'linux' || missing.length > 0)(
  `spiketune setup (needs ${missing.join(', ') || 'nothing more'})`,
  () => {
    let workspace: Workspace
    let registry: SmallRegistry
    let folder: string
    let wheels: string
    let environment: NodeJS.ProcessEnv
    beforeEach(async () => {
      workspace = new Workspace()
      folder = join(workspace.folder, 'tensorflow')
      wheels = join(workspace.folder, 'wheels')
      mkdirSync(wheels)
      registry = await SmallRegistry.start(join(workspace.folder, 'packages'))
      environment = {
        SPIKETUNE_TENSORFLOW: folder,
        npm_config_registry: registry.url,
        npm_config_cache: join(workspace.folder, 'npm-cache'),
        npm_config_fetch_retries: '0',
        npm_config_update_notifier: 'false',
        PIP_NO_INDEX: '1',
        PIP_FIND_LINKS: wheels,
      }
    })
    afterEach(async () => {
      workspace.dispose()
      await registry.stop()
    })

    const start = (...words: string[]) => workspace.start(['setup', ...words], environment)
    const setup = (...words: string[]) => start(...words).ended
    const cpuWheel = (rest: Partial<SmallWheel> = {}) =>
      makeWheel(wheels, { name: 'tensorflow_cpu', cuda: false, ...rest })
    const nothingLeft = () => {
      expect(readdirSync(folder)).toEqual(['setup.lock'])
    }

    it('installs from a wheel, tries it, knows it again and removes it', async () => {
      const wheel = cpuWheel()
      const first = await setup('tensorflow', '--wheel', wheel)
      expect(first).toMatchObject({ code: 0, stderr: '' })
      expect(first.stdout).toMatch(
        /^1\/4 {2}unpacking [^]*4\/4 {2}multiplying two matrices\nTensorFlow 2\.99\.0 is set up, and works/,
      )
      expect(readdirSync(folder).sort()).toEqual(['cpu', 'setup.lock'])
      const again = await setup('tensorflow', '--wheel', wheel)
      expect(again.stdout).toMatch(/was set up already, and works[^]*from the wheel tensorflow_cpu-2\.99\.0.*--force/)
      const status = JSON.parse((await setup('tensorflow', '--status', '--json')).stdout) as unknown
      expect(status).toMatchObject({ installed: true, tensorflowVersion: smallVersion, folder: join(folder, 'cpu') })
      const devices = await workspace.start(['devices'], { ...environment, PATH: dirname(process.execPath) }).ended
      expect(devices.stdout).toMatch(/engine +ready: .*TensorFlow 2\.99\.0/)
      expect(await setup('tensorflow', '--remove')).toMatchObject({ code: 0, stdout: `Removed from ${folder}.\n` })
      nothingLeft()
    })

    it('keeps what works when another cannot be loaded', async () => {
      await setup('tensorflow', '--wheel', cpuWheel())
      const dying = await setup('tensorflow', '--force', '--wheel', cpuWheel({ library: dyingLibrary }))
      expect(dying.code).toBe(5)
      expect(dying.stderr).toMatch(
        /^Error: This TensorFlow cannot be loaded \(ended by SIGABRT\)\. Nothing was changed/,
      )
      expect(readdirSync(folder).sort()).toEqual(['cpu', 'setup.lock'])
      expect((await setup('tensorflow')).stdout).toContain('was set up already, and works')
    })

    it('says which step failed, and leaves nothing', async () => {
      const unlinked = await setup('tensorflow', '--wheel', cpuWheel({ library: 'extern "C" void other() {}\n' }))
      expect(unlinked).toMatchObject({ code: 5, stdout: expect.stringMatching(/4\/4/) as string })
      expect(unlinked.stderr).toMatch(/cannot be loaded \(tfjs_binding\.node: undefined symbol: TF_Version\)/)
      nothingLeft()
      const notC = await setup('tensorflow', '--verbose', '--wheel', cpuWheel({ header: 'not C\n' }))
      expect(notC).toMatchObject({ code: 5, stdout: expect.stringMatching(/3\/4/) as string })
      expect(notC.stderr).toMatch(/The binding could not be built \(exit code 1\)[^]*c_api\.h/)
      nothingLeft()
    })

    it('says what a wheel is that cannot be used', async () => {
      const wheel = cpuWheel()
      const torn = workspace.write('torn.whl', '')
      writeFileSync(torn, readFileSync(wheel).subarray(0, 5000))
      expect((await setup('tensorflow', '--wheel', torn)).stderr).toMatch(
        /torn\.whl is no wheel, or not all of one\. Fetch/,
      )
      const other = makeWheel(wheels, { name: 'tensorflow', cuda: false, platform: 'macosx_12_0_arm64' })
      expect((await setup('tensorflow', '--wheel', other)).stderr).toMatch(/is for another machine \(py3-none-macosx/)
      expect((await setup('cuda', '--wheel', wheel)).stderr).toMatch(
        /has no CUDA.*`npx spiketune setup tensorflow` takes/,
      )
      nothingLeft()
    })

    it('says that the registry cannot be reached', async () => {
      const wheel = cpuWheel()
      await registry.stop()
      const ended = await setup('tensorflow', '--wheel', wheel)
      expect(ended.code).toBe(5)
      expect(ended.stderr).toMatch(/npm could not install @tensorflow\/tfjs-node.*cannot be reached: try again/)
      nothingLeft()
    })

    it('takes TensorFlow and the packages of CUDA by pip, and finds their libraries', async () => {
      const wheel = makeWheel(wheels, { name: 'tensorflow', cuda: true })
      const ended = await setup('cuda', '--wheel', wheel)
      expect(ended).toMatchObject({ code: 0, stderr: '' })
      expect(ended.stdout).toMatch(
        /TensorFlow 2\.99\.0 is set up, and works[^]*No GPU answered: `npx spiketune devices`/,
      )
      const status = JSON.parse((await setup('cuda', '--status', '--json')).stdout) as { libraryFolders: string[] }
      expect(status.libraryFolders).toEqual([expect.stringMatching(/\/tensorflow\/cuda\/.*\/nvidia\/small\/lib$/)])
    })

    it('takes TensorFlow by pip where no file is given, and says what pip says', async () => {
      const none = await setup('tensorflow')
      expect(none.stderr).toMatch(/pip could not install tensorflow-cpu.*It says: No matching distribution found/)
      nothingLeft()
      cpuWheel()
      expect((await setup('tensorflow')).stdout).toContain('TensorFlow 2.99.0 is set up, and works')
    })

    it('is done once at a time, and stopped without a trace', async () => {
      const wheel = cpuWheel()
      const held = registry.hold()
      const running = start('tensorflow', '--wheel', wheel)
      await held.asked
      const second = await setup('tensorflow', '--wheel', wheel)
      expect(second).toMatchObject({ code: 5, stderr: expect.stringMatching(/Another set-up is under way/) as string })
      running.child.kill('SIGINT')
      expect(await running.ended).toMatchObject({
        code: 130,
        stderr: 'Error: The set-up was stopped. Nothing was changed.\n',
      })
      nothingLeft()
    })

    it('begins anew after it was killed', async () => {
      const wheel = cpuWheel()
      const held = registry.hold()
      const running = start('tensorflow', '--wheel', wheel)
      await held.asked
      running.child.kill('SIGKILL')
      held.release()
      expect(await running.ended).toMatchObject({ signal: 'SIGKILL' })
      expect(readdirSync(folder).filter((name) => name.startsWith('cpu-'))).toHaveLength(1)
      expect(await setup('tensorflow', '--wheel', wheel)).toMatchObject({ code: 0, stderr: '' })
      expect(readdirSync(folder).sort()).toEqual(['cpu', 'setup.lock'])
    })
  },
)
