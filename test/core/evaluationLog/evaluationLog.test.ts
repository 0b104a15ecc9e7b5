import { describe, expect, it } from 'vitest'
import { readEvaluationLog } from '../../../src-core/evaluationLog/evaluationLog.ts'
import { EvaluationLogError } from '../../../src-core/evaluationLog/logProblems.ts'
import type { AccuracyUnit } from '../../../src-core/evaluationLog/logAccuracy.ts'
import type { LogTable } from '../../../src-core/evaluationLog/logTable.ts'
import { workersByOverlap } from '../../../src-core/evaluationLog/logTrials.ts'
import { toTrialRow } from '../../../src-core/progress/trialRow.ts'
import { validateConfiguration } from '../../../src-core/space/validateConfiguration.ts'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { definitionToYaml } from '../../../src-core/study/definitionToYaml.ts'

const origin = { file: 'a log.csv.gz', sha256: 'a'.repeat(64) }

// 100 training samples an epoch and 20 of the test, beta 0.1 and 0.05; the second was stopped in its second epoch.
const columns = [
  'decoder',
  'epochs',
  'map_size',
  'reset_interval',
  'valid',
  'stopped',
  'processed_images',
  'constraint_0',
  'constraint_1',
  'start_date',
  'end_date',
  'algorithm',
]
const rows = [
  'all,1,40,5,0.5,False,120,-0.1,-0.05,2024-01-01 10:00:00,2024-01-01 11:00:00,InitSCBO',
  '3gram,2,80,7,0.25,True,150,0.02,-0.05,2024-01-01 09:00:00,2024-01-01 10:30:00,InitSCBO',
  'vote,2,120,9,0.75,False,220,-0.08,-0.05,2024-01-01 11:00:00,2024-01-01 12:00:00,SCBO',
]
const tableOf = (lines: readonly string[], header: readonly string[] = columns): LogTable => ({
  columns: header,
  rows: lines.map((line, index) => ({ line: index + 2, cells: line.split(',') })),
})

const problemsOf = (table: LogTable) => {
  try {
    readEvaluationLog(table, origin)
  } catch (error) {
    if (error instanceof EvaluationLogError) return error.problems
    throw error
  }
  throw new Error('the log was read')
}

describe('an evaluation log', () => {
  const { definition, trials } = readEvaluationLog(tableOf(rows), origin)

  it('becomes trials in the order of their starts, told in the order of their ends', () => {
    expect(trials.map(({ number, toldOrder, state }) => [number, toldOrder, state])).toEqual([
      [0, 0, 'stopped'],
      [1, 1, 'complete'],
      [2, 2, 'complete'],
    ])
    expect(trials.map(({ startedAtMs }) => new Date(startedAtMs).toISOString().slice(11, 16))).toEqual([
      '09:00',
      '10:00',
      '11:00',
    ])
  })

  it('has hyperparameters by our names where the published ones are known, and by its own otherwise', () => {
    expect(trials[1]?.configuration).toEqual({ decoder: 'all', epochs: 1, mapSize: 40, reset_interval: 5 })
    expect(definition.space).toMatchObject({
      decoder: { type: 'categorical', choices: ['all', '3gram', 'vote'] },
      mapSize: { type: 'integer', low: 40, high: 120 },
      reset_interval: { type: 'integer', low: 5, high: 9 },
    })
  })

  it('has the limits that its constraints show, and the samples that its counts show', () => {
    expect(definition.silence.layers).toEqual([
      { layer: 'excitatory', alpha: 5, beta: 0.1 },
      { layer: 'inhibitory', alpha: 1, beta: 0.05 },
    ])
    const [stopped] = trials
    expect(stopped?.state === 'stopped' && stopped.stop).toEqual({
      kind: 'silence',
      layer: 'excitatory',
      epoch: 1,
      sample: 30,
      nonSpiking: 12,
      trainSamples: 100,
      alpha: 5,
      beta: 0.1,
    })
    expect(stopped?.state === 'stopped' && stopped.measurement).toMatchObject({
      objective: 0.25,
      samplesTrained: 130,
      samplesPlanned: 200,
      constraints: [
        { name: 'silence:excitatory', value: 0.02 },
        { name: 'silence:inhibitory', value: -0.05 },
      ],
    })
  })

  it('is a definition that is read back, and that nobody mistakes for one to train', () => {
    expect(definition).toMatchObject({
      name: 'a-log',
      dataset: { name: 'elsewhere' },
      log: origin,
      budget: { trials: 3 },
    })
    expect(decodeDefinition(definitionToYaml(definition), 'again')).toEqual(definition)
  })

  it('says of its first points that they were the initial design', () => {
    expect(trials.map(({ explanation }) => explanation['phase'])).toEqual(['initial', 'initial', 'search'])
  })

  it('begins a new trust region with the design after a restart, which is no initial design', () => {
    const algorithms = ['InitSCBO', 'AddInitSCBO', 'SCBO', 'SCBO', 'InitSCBO', 'SCBO']
    const first = rows[0]?.split(',').slice(0, -3).join(',') ?? ''
    const lines = algorithms.map((name, hour) => `${first},2024-01-01 1${hour}:00:00,2024-01-01 1${hour}:30:00,${name}`)
    const read = readEvaluationLog(tableOf(lines), origin).trials
    expect(read.map(({ explanation }) => [explanation['phase'], explanation['life']])).toEqual([
      ['initial', 0],
      ['initial', 0],
      ['search', 0],
      ['search', 0],
      ['initial', 1],
      ['search', 1],
    ])
    expect(read.map((trial) => toTrialRow(trial).initialDesign)).toEqual([true, true, false, false, false, false])
  })

  it('has no stopped trial that was trained to its end: that one is complete, and infeasible', () => {
    const late = rows[1]?.replace('150,0.02', '220,0.02') ?? ''
    const [trial] = readEvaluationLog(tableOf([rows[0] ?? '', late, rows[2] ?? '']), origin).trials
    if (trial === undefined) throw new Error('there are three trials')
    expect(trial).toMatchObject({ state: 'complete', measurement: { samplesTrained: 200, samplesPlanned: 200 } })
    expect(toTrialRow(trial)).toMatchObject({ state: 'complete', stop: null, timeSavedMs: 0 })
    expect(toTrialRow(trial).violation).toBeGreaterThan(0)
  })

  it('reads a negated objective, seconds instead of dates, and failures', () => {
    const header = ['x', 'objective', 'stopped', 'start_time', 'end_time', 'error']
    const read = readEvaluationLog(
      tableOf(['0.25,-0.5,False,1.5,3,0', '0.75,None,False,1,2,0', '0.5,0,True,2,4,out of memory'], header),
      origin,
    )
    expect(read.trials.map(({ state, startedAtMs }) => [state, startedAtMs])).toEqual([
      ['failed', 1000],
      ['complete', 1500],
      ['failed', 2000],
    ])
    const [, complete, failed] = read.trials
    expect(complete?.state === 'complete' && complete.measurement.objective).toBe(0.5)
    expect(failed?.state === 'failed' && failed.failure.message).toContain('out of memory')
  })
})

describe('a log that is no log', () => {
  it('names every cell that is wrong, by line and column', () => {
    const [first = '', second = '', third = ''] = rows
    const wrong = [
      first.replace('40', 'forty'),
      second.replace('True', 'perhaps'),
      third.replace('2024-01-01 12', '12'),
    ]
    expect(problemsOf(tableOf(wrong)).map(({ line, column, name, found }) => [line, column, name, found])).toEqual([
      [2, 3, 'map_size', '"forty"'],
      [3, 6, 'stopped', '"perhaps"'],
      [4, 11, 'end_date', '"12:00:00"'],
      [4, 11, 'end_date', 'an end more than an hour before its start'],
    ])
  })

  it('names the columns that it lacks', () => {
    const names = problemsOf(tableOf(['1,2'], ['x', 'y'])).map(({ name }) => name)
    expect(names).toEqual(['hyperparameters', 'objective', 'stopped', 'start_date'])
  })

  it('has no evaluation', () => {
    expect(problemsOf(tableOf([])).map(({ found }) => found)).toEqual(['no evaluation'])
  })

  it('has a column twice', () => {
    const problems = problemsOf(tableOf(['1,2,3'], ['x', 'x', 'valid']))
    expect(problems.find(({ name }) => name === 'x')).toMatchObject({
      column: 2,
      found: 'a column for the second time',
    })
  })
})

describe('workers by overlap', () => {
  it('are as many as ran at once, each free when it begins', () => {
    const spans = [
      { start: 0, end: 10 },
      { start: 1, end: 3 },
      { start: 3, end: 5 },
      { start: 4, end: 6 },
      { start: 10, end: 12 },
    ]
    expect(workersByOverlap(spans)).toEqual([0, 1, 1, 2, 0])
  })
})

describe('a log of another hand', () => {
  const header = ['x', 'decoder', 'valid', 'constraint_0', 'stopped', 'processed_images', 'start_date', 'end_date']
  const day = (time: string): string => `2023-10-29 ${time}:00`
  const row = (x: string, decoder: string, valid = '0.5', stopped = 'False', start = '01:00', end = '01:09'): string =>
    [x, decoder, valid, '-0.05', stopped, '500', day(start), day(end)].join(',')
  const read = (lines: readonly string[], columns = header, accuracy: AccuracyUnit | null = null) =>
    readEvaluationLog(tableOf(lines, columns), origin, accuracy)

  it.each([
    ['numbers first', ['1', '2', 'tanh', '4']],
    ['texts first', ['tanh', '1', '2', '4']],
  ])('has choices where a column holds numbers and texts, %s', (_, cells) => {
    const { definition, trials } = read(cells.map((x) => row(x, 'all')))
    expect(definition.space['x']).toEqual({ type: 'categorical', choices: cells })
    expect(trials.map(({ configuration }) => configuration['x'])).toEqual(cells)
  })

  it('names the slips in a column of many numbers', () => {
    const cells = Array.from({ length: 60 }, (_, index) => (index === 30 ? '3O' : String(index)))
    expect(
      problemsOf(
        tableOf(
          cells.map((x) => row(x, 'all')),
          header,
        ),
      ),
    ).toMatchObject([{ line: 32, name: 'x', found: '"3O"', allowed: 'a number' }])
  })

  it('has a conditional hyperparameter where another says where its cells are empty', () => {
    const { definition, trials, notes } = read([row('3', 'svm'), row('', 'vote'), row('4', 'log'), row('nan', 'all')])
    expect(definition.space['x']).toMatchObject({ type: 'integer', low: 3, high: 4, when: { decoder: ['svm', 'log'] } })
    expect(trials.map(({ configuration }) => configuration)).toEqual([
      { x: 3, decoder: 'svm' },
      { decoder: 'vote' },
      { x: 4, decoder: 'log' },
      { decoder: 'all' },
    ])
    expect(notes).toEqual(['x applies where decoder is svm or log.'])
    for (const { configuration } of trials) expect(validateConfiguration(definition.space, configuration)).toEqual([])
  })

  it('has a hyperparameter more where nothing says where cells are empty', () => {
    const { definition, trials, notes } = read([row('3', 'all'), row('', 'all'), row('4', 'vote')])
    expect(definition.space).toMatchObject({
      x: { when: { 'x.given': ['yes'] } },
      'x.given': { type: 'categorical', choices: ['no', 'yes'] },
    })
    expect(trials.map(({ configuration }) => configuration)).toEqual([
      { x: 3, decoder: 'all', 'x.given': 'yes' },
      { decoder: 'all', 'x.given': 'no' },
      { x: 4, decoder: 'vote', 'x.given': 'yes' },
    ])
    expect(notes).toEqual(['x has no value in line 3: x.given says where it applies.'])
  })

  it('leaves out columns that are empty or only count the rows, and refuses others without a name', () => {
    const lines = ['all', 'vote'].map((decoder, index) => `${index},${row('', decoder)}`)
    const { definition, notes } = read(lines, ['', ...header])
    expect(Object.keys(definition.space)).toEqual(['decoder'])
    expect(notes).toEqual([
      'Column 1 has no name and was left out: it counts the rows.',
      'The column x was left out: it is empty.',
    ])
    expect(definition.description).toContain(notes.join(' '))
    expect(
      problemsOf(tableOf([`7,${row('1', 'all')}`, `9,${row('2', 'all')}`], ['Unnamed: 0', ...header])),
    ).toMatchObject([{ line: 1, column: 1, found: 'a column without a name' }])
    expect(problemsOf(tableOf([`7,${row('1', 'all')}`], ['__proto__', ...header]))).toMatchObject([
      { line: 1, column: 1, name: '__proto__', allowed: 'another name' },
    ])
  })

  it('takes 1.0 and 0.0 for stopped and not, as a table holds them of which a cell was missing', () => {
    const { trials } = read([row('1', 'all', '0.1', '1.0').replace('500', '300'), row('2', 'all', '0.5', '0.0')])
    expect(trials.map(({ state }) => state)).toEqual(['stopped', 'complete'])
  })

  it.each([
    '2023-13-05 01:00:00',
    '2023-02-31 01:00:00',
    '2023-02-28 24:00:00',
    '2023-02-28 10:61:00',
    '2023-02-28 10:00:60',
  ])('refuses %s, which does not exist', (date) => {
    const wrong = [row('1', 'all').replace(day('01:00'), date).replace(day('01:09'), '2023-02-28 11:00:00+01:00')]
    expect(problemsOf(tableOf(wrong, header))).toMatchObject([{ line: 2, name: 'start_date', found: `"${date}"` }])
  })

  it('takes an end before its start by up to an hour for one after summer time, and says so', () => {
    const { trials, notes } = read([row('1', 'all', '0.5', 'False', '02:55', '02:04'), row('2', 'all')])
    expect(trials.map(({ startedAtMs, endedAtMs }) => endedAtMs - startedAtMs)).toEqual([9 * 60_000, 9 * 60_000])
    expect(notes).toEqual([
      'Taken for the end of summer time, and so for an hour later: the end before the start by up to an hour in line 2.',
    ])
    expect(problemsOf(tableOf([row('1', 'all', '0.5', 'False', '03:30', '02:04')], header))).toMatchObject([
      { line: 2, name: 'end_date', allowed: 'an end after its start; correct this row, or take it out' },
    ])
  })

  it('asks about accuracies that look like per cent, and refuses absurd ones', () => {
    const lines = [row('1', 'all', '93.21'), row('2', 'all', '0.5')]
    expect(() => read(lines)).toThrow(
      expect.objectContaining({ code: 'log-accuracy-unclear', column: 'valid', highest: 93.21 }) as Error,
    )
    expect(() => read(lines)).toThrow('the column valid goes up to 93.21')
    const { trials } = read(lines, header, 'percent')
    expect(trials.map((trial) => trial.state === 'complete' && trial.measurement.objective)).toEqual([0.9321, 0.005])
    const share = () => read(lines, header, 'share')
    expect(share).toThrow('found 93.21, allowed an accuracy from 0 to 1')
    for (const valid of ['932.1', '-0.2', '1e300']) {
      expect(problemsOf(tableOf([row('1', 'all', valid)], header))).toMatchObject([{ line: 2, name: 'valid' }])
    }
  })
})
