/**
 * Every number that the window tells of a study, page by page, against the columns of its database, as
 * test/main/studies/numbers.test.ts does for `show` and the report: what is told and in no row of the table fails.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatDuration, formatLimit } from '../../src-main/cli/text/format.ts'
import {
  confusionOf,
  early,
  type Facts,
  factsOf,
  failed,
  finished,
  four,
  isComplete,
  isEarly,
  isFeasible,
  ranked,
  type Row,
  savedMs,
  stopOf,
  sum,
} from '../support/numbers/facts.ts'
import { type Known, wrong } from '../support/numbers/known.ts'
import { toldStudies } from '../support/numbers/studies.ts'
import { type TestWindow, WindowWorkspace } from './support/testWindow.ts'

let workspace: WindowWorkspace
let window: TestWindow
beforeAll(async () => {
  workspace = new WindowWorkspace()
  window = await workspace.launch()
})
afterAll(() => workspace.disposeAll())

/** All visible text with a digit in it, each with what stands in its row, after the name of its place. */
const told = (): Promise<string[]> =>
  window.page.evaluate(() => {
    const rows = 'tr, li, p, button, label, h1, h2, h3, [data-testid], header, .block'
    const nameOf = (place: Element | null): string => {
      if (place === null) return 'page'
      const by = place.getAttribute('aria-labelledby')
      const label = place.getAttribute('aria-label') ?? (by === null ? null : document.getElementById(by)?.textContent)
      return (label ?? place.tagName.toLowerCase()).replace(/[\d\s]+$/, '')
    }
    const lines = new Set<string>()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      if (element === null || !/\d/.test(node.textContent ?? '') || !element.checkVisibility()) continue
      // Of the list of studies the one in view.
      if (element.closest('svg, select, .visually-hidden, style, [aria-label=Studies] button:not([aria-current])'))
        continue
      const row = element.closest<HTMLElement>(rows) ?? element
      const place = nameOf(element.closest('main header, section, [role=tabpanel] section, nav, aside, ul[aria-label]'))
      lines.add(`${place}: ${row.innerText.replace(/\s+/g, ' ').trim()}`)
    }
    return [...lines]
  })

const rowOf = (facts: Facts, line: string): Row | undefined => {
  const number = Number(/\d+/.exec(line)?.[0])
  return facts.rows.find((row) => row.number === number)
}
const numberOf = (facts: Facts, line: string): string[] => [String(rowOf(facts, line)?.number)]
const numbersOf = (rows: readonly Row[]): string[] => rows.map(({ number }) => String(number))
/** As many as can be compared. */
const comparedOf = ({ rows }: Facts): Row[] => rows.slice(0, 6)
/** What is said of a matrix of two classes: its accuracy, and its mistakes, most often first. */
const gistOf = ([[right0 = 0, wrong0 = 0] = [], [wrong1 = 0, right1 = 0] = []]: number[][]): string => {
  const accuracy = (100 * (right0 + right1)) / (right0 + wrong0 + wrong1 + right1)
  const mistakes = [`0 as 1 ${wrong0} times`, `1 as 0 ${wrong1} times`]
  return `Accuracy ${accuracy.toFixed(1)}\u00a0%. Most often mistaken: ${(wrong1 > wrong0 ? mistakes.reverse() : mistakes).join(', ')}.`
}
const share = ({ beta }: Facts, row: Row | undefined): string[] =>
  row?.excitatory === undefined || row.excitatory === null ? [] : [`${((row.excitatory + beta) * 100).toFixed(2)} %`]
const seconds = (row: Row | undefined): string[] =>
  row?.duration_ms === undefined || row.duration_ms === null ? [] : [formatDuration(row.duration_ms)]
const samples = (row: Row | undefined): string => String(row?.samples_trained)
const best = (facts: Facts): Row[] => ranked(facts).slice(0, 1)
const saved = (facts: Facts): string[] =>
  early(facts).length === 0 ? [] : [formatDuration(sum(early(facts), savedMs))]
const progress = (facts: Facts): string => `${finished(facts).length} / ${facts.budget}`
const count = (rows: readonly Row[]): string[] => [String(rows.length)]
const isRunning = ({ state }: Row): boolean => state === 'running'

const messageNumbers = ({ state_message: message }: Facts['study']): readonly string[] => message?.match(/\d+/g) ?? []
/** The message of a study that has ended by its budget, and workers; an error is told below. */
const stateAndWorkers = ({ study, rows }: Facts): string[] => [
  ...(rows.some(({ objective }) => objective !== null) ? messageNumbers(study) : []),
  '2',
]

/** Of the trial that is shown beside the table. */
const known = (shown: Row): readonly Known[] => {
  const of = (line: RegExp, source: string, numbers: Known['numbers']): Known => ({ line, source, numbers })
  return [
    of(/^Studies: /, 'trial.state, measurement.objective of the best', (facts) => [
      facts.id,
      progress(facts),
      ...best(facts).map(({ objective }) => four(objective)),
    ]),
    of(/^header: \S+-\d+$/, 'the folder of the study', ({ id }) => [id]),
    of(/^header: \d+ workers$/, 'the definition', () => ['2']),
    of(/^header: \d+ \/ \d+$/, 'trial.state', (facts) => [progress(facts)]),
    of(/^header: .*Watch Inspect/, 'trial.state, study.elapsed_ms, measurement', (facts) => [
      facts.id,
      // An imported log says what it is and has no workers.
      ...(facts.rows.some(({ worker }) => worker === 'lane-0') ? [String(facts.rows.length)] : stateAndWorkers(facts)),
      progress(facts),
      ...count(facts.rows.filter(isRunning)),
      ...count(early(facts)),
      ...count(failed(facts)),
      formatDuration(facts.study.elapsed_ms),
      ...saved(facts),
    ]),
    of(/^header: Trials /, 'rows of trial', ({ rows }) => count(rows)),
    of(/^header: .*α = /, 'the definition that is made for a log', () => ['5']),
    of(/^page: Feasible /, 'measurement.violation', ({ rows }) =>
      count(rows.filter((row) => isComplete(row) && isFeasible(row))),
    ),
    of(/^page: Infeasible /, 'measurement.violation', ({ rows }) =>
      count(rows.filter((row) => isComplete(row) && !isFeasible(row))),
    ),
    of(/^page: Stopped /, 'trial.state', (facts) => count(early(facts))),
    of(/^page: Failed /, 'trial.state', (facts) => count(failed(facts))),
    of(/^page: Running /, 'trial.state', ({ rows }) => count(rows.filter(isRunning))),
    of(/^page: The study ended with an error/, 'study.state_message', ({ study }) => messageNumbers(study)),
    of(/^page: (Trial|The network of trial) \d+ /, 'trial.number', () => [String(shown.number)]),
    of(/^header: Trial .* Spikes Weights/, 'measurement.objective', () => [four(shown.objective)]),
    of(/^page: \S+-\d+ holds an imported/, 'the folder of the study', ({ id }) => [id]),
    of(/^page: Another application runs /, 'the folder of the study', ({ id }) => [id]),
    of(/^page: Open the best, trial /, 'trial.number', (facts) => best(facts).map(({ number }) => String(number))),
    of(/^History: best feasible /, 'measurement.objective', (facts) => best(facts).map((row) => four(row.objective))),
    {
      line: /^Trials: /,
      source: 'columns of trial and measurement',
      numbers: (facts, line) => {
        const row = rowOf(facts, line)
        return [
          String(row?.number),
          ...(row?.objective === undefined || row.objective === null ? [] : [four(row.objective)]),
          ...share(facts, row),
          ...seconds(row),
          String(row?.map_size),
          ...(row !== undefined && isEarly(row) ? ['1', samples(row)] : []),
        ]
      },
    },
    of(/^Running: Running /, 'trial.state', ({ rows }) => count(rows.filter(isRunning))),
    {
      line: /^Running: Trial /,
      source: 'trial.number, trial.worker',
      numbers: (facts, line) => [String(rowOf(facts, line)?.number), '0'],
    },
    of(/^Details: Trial /, 'trial.number', () => [String(shown.number)]),
    of(/^Details: \d\.\d+$/, 'measurement.objective', () => [four(shown.objective)]),
    of(/^Details: \d+$/, 'trial.explanation: life, line of the log', (_, line) =>
      [shown.life, shown.number + 2].map(String).filter((number) => line.endsWith(` ${number}`)),
    ),
    of(/^Details: Silent in the excitatory layer/, 'silence_stop, constraint_value, measurement', (facts) => {
      const stop = stopOf(shown)
      return [
        String(stop.epoch + 1),
        ...[stop.sample, stop.trainSamples, stop.nonSpiking].map((count) => count.toLocaleString('en')),
        String(stop.alpha),
        ...share(facts, shown),
        formatLimit(stop.beta),
        formatDuration(savedMs(shown)),
      ]
    }),
    of(/^Details: excitatory /, 'constraint_value.value, beta', (facts) => [
      ...share(facts, shown),
      formatLimit(facts.beta),
    ]),
    of(/^Details: inhibitory /, 'beta; no value is stored here', () => ['90 %']),
    of(/^Details: mapSize /, 'trial.configuration', () => [String(shown.map_size)]),
    of(/^Details: Seed /, 'trial.seed', () => [String(shown.seed)]),
    of(/^Details: Attempt /, 'trial.attempt', () => [String(shown.attempt)]),
    of(/^Details: Worker /, 'trial.worker', () => [String(shown.worker)]),
    of(/^Details: Duration /, 'trial.duration_ms', () => seconds(shown)),
    of(/^header: Add \d+ trials of at most 6/, 'rows of trial; six are compared', (facts) => [
      ...count(comparedOf(facts)),
      '6',
    ]),
    of(/^Differences: Trial /, 'trial.number', (facts) => numbersOf(comparedOf(facts))),
    of(/^(Differences|Hyperparameters that differ): accuracy /, 'measurement.objective', (facts) =>
      comparedOf(facts).flatMap(({ objective }) => (objective === null ? [] : [four(objective)])),
    ),
    of(/^Differences: excitatory non-spiking share /, 'constraint_value.value, beta', (facts) =>
      comparedOf(facts).flatMap((row) => share(facts, row)),
    ),
    of(/^Differences: duration /, 'trial.duration_ms', (facts) => comparedOf(facts).flatMap(seconds)),
    of(/^(Differences|Hyperparameters that differ): mapSize /, 'trial.configuration', (facts) =>
      comparedOf(facts).map((row) => String(row.map_size)),
    ),
    of(/^Hyperparameters that differ: Trial /, 'trial.number', (facts) => numbersOf(comparedOf(facts))),
    of(/^Learning curves: Trial \d+$/, 'trial.number', (facts, line) => numberOf(facts, line)),
    of(/^page: 0 100 % of each label$/, 'none: the ends of a scale', () => ['0', '100']),
    of(/^(header|section): Trial \d+$/, 'trial.number', (facts, line) => numberOf(facts, line)),
    of(/^Export: trial /, 'trial.number', (facts) => best(facts).map(({ number }) => String(number))),
    of(/^Export: [\d.]+$/, 'measurement.objective', (facts) => best(facts).map((row) => four(row.objective))),
  ]
}
describe('every number that the window tells', () => {
  it.each(toldStudies)('is what is stored, of $name', async ({ open, ...its }) => {
    const study = await open(workspace.library)
    const facts = factsOf(study, its)
    const { page } = window
    await page.locator('ul[aria-label=Studies] button').filter({ hasText: study.id }).click()
    await page.locator('main h1').getByText(study.id).waitFor()
    const walk = async (shown: Row): Promise<void> => {
      const table = known(shown)
      await expect.poll(async () => (await told()).flatMap((line) => wrong(line, facts, table))).toEqual([])
    }
    const last = facts.rows.at(-1)
    for (const row of facts.rows) {
      await page.locator(`[aria-label="Trials; arrow keys select"] tr[id$="-${row.number}"]`).click()
      await page.locator('section[aria-label=Details]').getByText(`Trial ${row.number}`, { exact: true }).waitFor()
      expect((await told()).length).toBeGreaterThan(facts.rows.length + 10)
      await walk(row)
    }
    for (const tab of ['Inspect', 'Decide']) {
      await page.getByRole('tab', { name: tab, exact: true }).click()
      if (last !== undefined) await walk(last)
    }
    await page.getByRole('tab', { name: 'Compare', exact: true }).click()
    const compared = comparedOf(facts)
    for (const { number } of compared) {
      await page.getByLabel('Number of a trial').fill(String(number))
      await page.keyboard.press('Enter')
    }
    if (last === undefined || compared.length < 2) return
    await walk(last)
    const confusion = page.getByRole('tab', { name: 'Confusion', exact: true })
    if ((await confusion.count()) === 0) return
    await confusion.click()
    await walk(last)
    const gists = page.getByRole('img', { name: /^Confusion matrix/ })
    const expected = compared.map(confusionOf).filter(({ length }) => length > 0)
    await expect
      .poll(() => gists.evaluateAll((all) => all.map((one) => one.ariaLabel)))
      .toEqual(expected.map((counts) => `Confusion matrix. ${gistOf(counts)}`))
  })
})
