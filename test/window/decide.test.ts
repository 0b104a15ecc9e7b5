import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmationSchema } from '../../src-core/confirmation/confirmation.ts'
import { quickStudy } from './support/definitions.ts'
import { pixelsOf } from './support/pixels.ts'
import {
  answerDialogs,
  callBridge,
  saveTo,
  startFromFile,
  type TestWindow,
  waitForState,
  WindowWorkspace,
} from './support/testWindow.ts'

const workspace = new WindowWorkspace()
let window: TestWindow

beforeAll(async () => {
  window = await workspace.launch()
  await startFromFile(window, workspace.write('quick.yaml', quickStudy))
  await waitForState(window.page, 'Finished')
  await window.page.getByRole('tab', { name: 'Decide' }).click()
})
afterAll(async () => {
  await workspace.disposeAll()
})

/** The system's own windows of folders are none of the application's. */
const standInForFolders = (app: TestWindow['app']): Promise<void> =>
  app.evaluate(({ shell }) => {
    const shown: string[] = []
    Object.assign(globalThis, { shownFiles: shown })
    shell.showItemInFolder = (file) => void shown.push(file)
    shell.openPath = (folder) => {
      shown.push(folder)
      return Promise.resolve('')
    }
  })
const shownFolders = (app: TestWindow['app']): Promise<string[]> =>
  app.evaluate(() => (globalThis as unknown as { shownFiles: string[] }).shownFiles)

describe('the decide page', () => {
  it('confirms the best with new seeds, and shows mean, interval and runs', async () => {
    const { page } = window
    await page.getByLabel('How many').fill('2')
    await page.getByLabel('New seeds each').fill('2')
    await page.getByText('4 networks to train', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Confirm', exact: true }).click()
    await page.getByText('4 of 4 networks, finished').waitFor()
    const answer = await callBridge(page, 'listConfirmations', { id: 'quick-1' })
    const [confirmation] = answer.ok ? confirmationSchema.array().parse(answer.value) : []
    const accuracies = confirmation?.runs.flatMap(({ outcome }) =>
      outcome?.kind === 'measured' ? [outcome.accuracy] : [],
    )
    expect(accuracies).toHaveLength(4)
    const shown = Number(await page.getByTestId('confirmed').innerText())
    const means = [0, 2].map((at) => ((accuracies?.[at] ?? NaN) + (accuracies?.[at + 1] ?? NaN)) / 2)
    expect(means.map((mean) => mean.toFixed(4))).toContain(shown.toFixed(4))
    expect(await page.locator('[data-page=decide] tbody tr').count()).toBe(2)
    // The plot was there before the first run had ended, and has followed them.
    expect((await pixelsOf(page, 'series-complete', '[data-page=decide]')).count).toBeGreaterThan(50)
  })

  it('says in place why nothing can be confirmed', async () => {
    const { page } = window
    await page.getByLabel('New seeds each').fill('0')
    await page.getByText('Take 1 to 100 seeds.').waitFor()
    await page.getByLabel('New seeds each').fill('2')
  })

  it('writes a report as HTML with figures, definition and hash, and prints it as PDF', async () => {
    const { page } = window
    const html = join(workspace.folder, 'report.html')
    await saveTo(window.app, html)
    await page.getByRole('button', { name: 'HTML…' }).click()
    await page.getByText('Report written.').waitFor()
    const text = readFileSync(html, 'utf8')
    expect(text).toContain('<svg')
    expect(text).toContain('Confirmed best')
    expect(text).toMatch(/Seeds of the same trial differ by|One seed of each/)
    expect(text).toContain('algorithm: post-pre')
    expect(text).toMatch(/<dt>SHA-256<\/dt><dd>[0-9a-f]{64}/)
    expect(text).not.toContain('<script')
    const pdf = join(workspace.folder, 'report.pdf')
    await saveTo(window.app, pdf)
    await page.getByRole('button', { name: 'PDF…' }).click()
    await expect.poll(() => existsSync(pdf) && readFileSync(pdf).subarray(0, 5).toString('latin1')).toBe('%PDF-')
  })

  it('writes the report as Markdown too, with the spikes and mistakes of the best network among its figures', async () => {
    const { page } = window
    const file = join(workspace.folder, 'report (1).md')
    await saveTo(window.app, file)
    // The report before this one may still be written.
    await page.getByRole('button', { name: 'Markdown…', disabled: false }).click()
    await expect.poll(() => existsSync(file)).toBe(true)
    const text = readFileSync(file, 'utf8')
    for (const title of ['History', 'Spikes', 'Receptive fields', 'Confusion']) expect(text).toContain(`. ${title}.**`)
    const links = [...text.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, path = '']) => decodeURIComponent(path))
    expect(links.length).toBeGreaterThan(5)
    for (const path of links) expect(readFileSync(join(workspace.folder, path), 'utf8')).toContain('<svg')
  })

  it('exports the confirmed trial', async () => {
    const { app, page } = window
    await answerDialogs(app, { paths: [workspace.folder] })
    await page.getByRole('button', { name: /^Export trial \d+…$/ }).click()
    const written = page.locator('.toast p', { hasText: '.yaml' })
    await written.waitFor()
    for (const file of (await written.innerText()).split('\n')) expect(existsSync(file), file).toBe(true)
  })

  it('saves a figure as SVG with its fonts, and wrote nothing that the policy refuses', async () => {
    const { page } = window
    const svg = join(workspace.folder, 'figure.svg')
    await saveTo(window.app, svg)
    await page.getByRole('button', { name: 'Save figure' }).first().click()
    await page.getByRole('dialog', { name: 'Save figure' }).getByRole('button', { name: 'SVG' }).click()
    await expect.poll(() => existsSync(svg)).toBe(true)
    const text = readFileSync(svg, 'utf8')
    expect(text).toMatch(/font-family="[^"]+"/)
    expect(text).toContain('Accuracy on the test samples')
    const pdf = join(workspace.folder, 'figure.pdf')
    await saveTo(window.app, pdf)
    await page.getByRole('button', { name: 'Save figure' }).first().click()
    await page.getByRole('dialog', { name: 'Save figure' }).getByRole('button', { name: 'PDF' }).click()
    await expect.poll(() => existsSync(pdf)).toBe(true)
    // One page of the size that was chosen, in points.
    const printed = readFileSync(pdf).toString('latin1')
    expect(printed.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
    expect(printed).toMatch(/\/MediaBox \[0 0 51[0-9](\.\d+)? 31[0-9]/)
    expect(window.console.filter((line) => line.includes('Content Security Policy'))).toEqual([])
  })

  it('shows a figure that was saved in its folder, and says where it is though the menu was over it', async () => {
    const { app, page } = window
    await standInForFolders(app)
    const file = join(workspace.folder, 'figure data.csv')
    await saveTo(window.app, file)
    const menu = page.getByRole('dialog', { name: 'Save figure' })
    await page.getByRole('button', { name: 'Save figure' }).first().click()
    await menu.getByRole('button', { name: 'Data (CSV)' }).click()
    const toast = page.locator('.toast', { hasText: 'Figure saved.' }).filter({ hasText: file })
    await toast.waitFor()
    expect(await menu.count()).toBe(0)
    await toast.getByRole('button', { name: 'Show in folder' }).click()
    await expect.poll(() => shownFolders(app)).toEqual([file])
    await toast.waitFor({ state: 'detached' })
  })

  it('shows an exported file in its folder, and runs its definition as a study', async () => {
    const { app, page } = window
    await standInForFolders(app)
    const shown = () => shownFolders(app)
    const exported = page.locator('.toast', { hasText: 'Exported.' })
    const exportAgain = async (): Promise<string> => {
      await page.getByRole('button', { name: /^Export trial \d+…$/ }).click()
      await exported.waitFor()
      return (await exported.locator('p').innerText()).split('\n')[0] ?? ''
    }
    const yaml = await exportAgain()
    await exported.getByRole('button', { name: 'Show in folder' }).click()
    await expect.poll(shown).toEqual([yaml])
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox').fill('open the folder')
    await page.keyboard.press('Enter')
    await expect.poll(shown).toEqual([yaml, join(workspace.library, 'quick-1')])
    await exported.waitFor({ state: 'detached' })
    await exportAgain()
    await exported.getByRole('button', { name: 'Run it' }).click()
    await page.locator('main h1', { hasText: /-trial-\d+-1$/ }).waitFor()
    await waitForState(page, 'Finished')
    await page.getByTestId('done').getByText('1 / 1').waitFor()
  })
})

describe('a file dropped on the window', () => {
  const drop = (name: string, content: string, close = false): Promise<void> =>
    window.page.evaluate(
      ([fileName, text, closing]) => {
        if (closing) document.querySelector('dialog')?.close()
        const transfer = new DataTransfer()
        transfer.items.add(new File([text], fileName))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }))
      },
      [name, content, close] as const,
    )

  it('is refused with a reason when it is of no known kind', async () => {
    await drop('photo.jpg', 'x')
    await window.page.getByText('“photo.jpg” is neither a study definition', { exact: false }).waitFor()
  })

  it('opens in the editor when it is a definition', async () => {
    await drop('mine.yaml', 'version: 2\nname: dropped-here\n')
    await window.page.getByText('dropped-here', { exact: false }).first().waitFor()
  })

  it('takes the place of a changed draft only where the person says so', async () => {
    const { page } = window
    const name = page.locator('[data-path=name]').getByRole('textbox')
    const question = page.getByRole('dialog', { name: 'Replace the draft?' })
    await drop('other.yaml', 'version: 2\nname: not-changed\n')
    await expect.poll(() => name.inputValue()).toBe('not-changed')
    await name.fill('changed-here')
    await drop('mine.yaml', 'version: 2\nname: dropped-again\n')
    await question.getByText('“other.yaml” was changed', { exact: false }).waitFor()
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'detached' })
    expect(await name.inputValue()).toBe('changed-here')
    await drop('mine.yaml', 'version: 2\nname: dropped-again\n')
    await question.waitFor()
    // Asked again before the dialog has told that it was closed.
    await drop('mine.yaml', 'version: 2\nname: dropped-again\n', true)
    await question.getByRole('button', { name: 'Go on with the draft' }).click()
    await question.waitFor({ state: 'detached' })
    expect(await name.inputValue()).toBe('changed-here')
    await drop('mine.yaml', 'version: 2\nname: dropped-again\n')
    await question.getByRole('button', { name: 'Replace it' }).click()
    await expect.poll(() => name.inputValue()).toBe('dropped-again')
  })

  it('takes it unasked where the changes are saved in a file', async () => {
    const { page } = window
    const name = page.locator('[data-path=name]').getByRole('textbox')
    const file = join(workspace.folder, 'saved.yaml')
    await name.fill('saved-here')
    await saveTo(window.app, file)
    await page.getByRole('button', { name: 'Save…' }).click()
    await expect.poll(() => existsSync(file)).toBe(true)
    expect(readFileSync(file, 'utf8')).toContain('name: saved-here')
    await page.locator('.toast', { hasText: 'Saved.' }).last().waitFor()
    await drop('last.yaml', 'version: 2\nname: dropped-last\n')
    await expect.poll(() => name.inputValue()).toBe('dropped-last')
  })
})
