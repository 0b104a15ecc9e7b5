import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installationText } from '../../src-main/tensorflow/installation.ts'
import { type TestWindow, WindowWorkspace } from './support/testWindow.ts'

const workspace = new WindowWorkspace()
const programs = join(workspace.folder, 'bin')
const tensorflow = join(workspace.folder, 'tensorflow')
let window: TestWindow

/** A machine with a GPU, so the driver says. */
const driver = (): void => {
  mkdirSync(programs, { recursive: true })
  const file = join(programs, 'nvidia-smi')
  writeFileSync(file, "#!/bin/sh\necho '0, NVIDIA H200, GPU-6a3e3f5c, 143771, 512, 37, 570.86.15'\n")
  chmodSync(file, 0o755)
}

const cudaInstalled = (): void => {
  const own = join(tensorflow, 'cuda')
  mkdirSync(own, { recursive: true })
  const about = { bindingVersion: '4.22.0', tensorflowVersion: '2.21.0', source: 'a test', libraryFolders: [] }
  writeFileSync(
    join(own, 'installation.json'),
    installationText({ variant: 'cuda', package: '@tensorflow/tfjs-node', ...about }),
  )
}

beforeAll(async () => {
  driver()
  window = await workspace.launch({
    environment: {
      PATH: `${programs}:${dirname(process.execPath)}:/usr/bin:/bin`,
      SPIKETUNE_TENSORFLOW: tensorflow,
    },
  })
  await window.page.getByText('No studies yet').waitFor()
})

afterAll(async () => {
  await workspace.disposeAll()
})

const yaml = () => window.page.getByRole('textbox', { name: 'The definition as YAML' })
const way = (name: string) => window.page.getByRole('group', { name: 'Workers' }).getByRole('button', { name })
const row = (device: string) => window.page.locator(`[data-path="workers.${device}"]`)

describe('the workers of a definition', () => {
  it('are automatic, and told in words; by device they are what that came to', async () => {
    const { page } = window
    await page.getByRole('button', { name: 'New study' }).click()
    await page.getByRole('button', { name: 'From nothing' }).click()
    await page.getByRole('tab', { name: 'Devices' }).click()
    await page.getByText(/^One on each core of the processor: \d+.workers? here/).waitFor()
    expect(await way('Automatic').getAttribute('aria-pressed')).toBe('true')
    await way('By device').click()
    await yaml()
      .getByText(/workers: \{ cpu: \d+ \}/)
      .waitFor()
  })

  it('are changed by keys, and an undo takes each change back', async () => {
    const { page } = window
    await way('On the processor').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    const count = page.getByRole('textbox', { name: 'Workers on the processor' })
    await count.fill('3')
    await yaml().getByText('workers: 3').waitFor()
    await count.fill('')
    await way('By device').press('Enter')
    await row('cpu').getByRole('button', { name: 'One worker more on cpu' }).press('Enter')
    await yaml().getByText('workers: { cpu: 4 }').waitFor()
    await page.keyboard.press('Control+z')
    await yaml().getByText('workers: { cpu: 3 }').waitFor()
    await page.keyboard.press('Control+z')
    await count.waitFor()
    expect(await count.inputValue()).toBe('3')
    await way('By device').click()
  })

  it('may be on a GPU where it is set up and the network trains there, else the form says why not', async () => {
    const { page } = window
    await row('gpu0').getByText('Trains networks of layers only.').waitFor()
    await page.getByRole('tab', { name: 'Network' }).click()
    await page.getByRole('radio', { name: /layers/i }).click()
    await page.getByRole('tab', { name: 'Devices' }).click()
    await row('gpu0').getByText('npx spiketune setup cuda').waitFor()
    const onGpu = page.getByRole('textbox', { name: 'Workers on gpu0' })
    expect(await onGpu.isDisabled()).toBe(true)

    cudaInstalled()
    await expect.poll(() => onGpu.isDisabled()).toBe(false)
    await onGpu.fill('2')
    await yaml().getByText('workers: { cpu: 3, gpu0: 2 }').waitFor()
    for (const _ of [1, 2, 3]) await row('cpu').getByRole('button', { name: 'One worker fewer on cpu' }).click()
    await yaml().getByText('workers: { gpu0: 2 }').waitFor()
    await way('Automatic').click()
    await page.getByText('One on each GPU that is set up (gpu0)').waitFor()
  })

  it('say what is wrong with them where it stands', async () => {
    const { page } = window
    await way('By device').click()
    await yaml().getByText('workers: { gpu0: 1 }').click()
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.type(', gpu7: 1')
    await row('gpu7').getByText('This machine does not have it.').waitFor()
    await page.getByRole('textbox', { name: 'Workers on gpu0' }).fill('many')
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Workers on gpu0' }).getAttribute('aria-invalid'))
      .toBe('true')
    await row('gpu0').getByText('Found "many", allowed a whole number from 0 to 256.').waitFor()
  })

  it('are one for the only GPU where they are automatic; when that is lost the window says so, and what to do', async () => {
    const { page } = window
    await way('Automatic').click()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    // There is no TensorFlow where the test says that one is installed: the worker cannot begin.
    await page.getByText(/^gpu0 is used no more/).waitFor()
    await page.getByRole('button', { name: /^1.worker$/ }).waitFor()
    await page.getByText(/No worker can be started: the worker gpu0-0 died.*Resume the study to try again/).waitFor()
  })

  it('wrote nothing to the console', () => {
    expect(window.console.filter((line) => line.startsWith('error'))).toEqual([])
  })
})
