import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { diehlCookHyperparameterNames } from '../../../src-core/study/diehlCookHyperparameters.ts'
import { least, problemsOf, withSpace } from './definitionTexts.ts'

describe('decodeDefinition names', () => {
  const table = diehlCookHyperparameterNames.join(', ')
  const inSpace: readonly (readonly [about: string, line: string, problem: string])[] = [
    [
      'an unknown hyperparameter',
      'speed: { type: real, low: 1, high: 2 }',
      `3: space.speed: found an unknown hyperparameter, allowed ${table}`,
    ],
    [
      'a slip of the pen',
      'mapsiez: { type: integer, low: 1, high: 2 }',
      '3: space.mapsiez: found an unknown hyperparameter, allowed a hyperparameter; did you mean mapSize?',
    ],
    [
      'a published name',
      'nu_pre: { type: real, low: 1e-4, high: 1e-3 }',
      '3: space.nu_pre: found the published name, allowed learningRatePre, which is its name here',
    ],
    [
      'a name of the language',
      'constructor: { type: real, low: 1, high: 2 }',
      `3: space.constructor: found an unknown hyperparameter, allowed ${table}`,
    ],
    [
      'a value out of its bounds',
      'learningRatePre: { type: real, low: -1, high: 0.5 }',
      '39: space.learningRatePre.low: found -1, allowed a number from 0 to 1',
    ],
    [
      'an empty range',
      'weightNorm: { type: real, low: 80, high: 80 }',
      '44: space.weightNorm.high: found 80, allowed a number above low, which is 80',
    ],
    [
      'a range that rounding makes a few numbers',
      'weightNorm: { type: real, low: 80, high: 80.00000000000001 }',
      '44: space.weightNorm.high: found 80.00000000000001, allowed a number that is further from low, 80, than rounding',
    ],
    [
      'a turned range',
      'epochs: { type: integer, low: 3, high: 1 }',
      '42: space.epochs.high: found 1, allowed a number above low, which is 3',
    ],
    [
      'a logarithm of 0',
      'learningRatePre: { type: real, low: 0, high: 1, sampler: log-uniform }',
      '39: space.learningRatePre.low: found 0, allowed a number above 0, as sampler is log-uniform',
    ],
    [
      'a logarithm of less',
      'restExcitatoryMv: { type: real, low: -65, high: -55, scale: reversed-log }',
      '40: space.restExcitatoryMv.low: found -65, allowed a number above 0, as scale is reversed-log',
    ],
    [
      'a real range for an integer',
      'mapSize: { type: real, low: 10, high: 20 }',
      '20: space.mapSize.type: found real, allowed integer',
    ],
    [
      'choices for a number',
      'mapSize: { type: categorical, choices: [a] }',
      '20: space.mapSize.type: found categorical, allowed integer',
    ],
    [
      'a range for choices',
      'decoder: { type: real, low: 1, high: 2 }',
      '20: space.decoder.type: found real, allowed categorical',
    ],
    [
      'a choice that is not in the table',
      'decoder: { type: categorical, choices: [all, 3gram] }',
      '48: space.decoder.choices[1]: found "3gram", allowed all, all-last, vote, 2gram, 2gram-order, log or svm',
    ],
    [
      'a choice given twice',
      'decoder: { type: categorical, choices: [all, all] }',
      '48: space.decoder.choices[1]: found all for the second time, allowed each choice once',
    ],
    [
      'no choices',
      'decoder: { type: categorical, choices: [] }',
      '42: space.decoder.choices: found an empty list, allowed a list with something in it',
    ],
    [
      'choices that are numbers',
      'decoder: { type: categorical, choices: [2] }',
      '43: space.decoder.choices[0]: found 2, allowed text',
    ],
    [
      'an unknown type',
      'mapSize: { type: int, low: 1, high: 2 }',
      '20: space.mapSize.type: found "int", allowed real, integer or categorical',
    ],
    [
      'an end that is missing',
      'mapSize: { type: integer, low: 1 }',
      '12: space.mapSize.high: found nothing, allowed a whole number',
    ],
    [
      'an end that is no whole number',
      'mapSize: { type: integer, low: 1.5, high: 2 }',
      '34: space.mapSize.low: found 1.5, allowed a whole number',
    ],
    [
      'an end that is endless',
      'weightNorm: { type: real, low: 1, high: .inf }',
      '43: space.weightNorm.high: found Infinity, allowed a number',
    ],
    [
      'an unknown sampler',
      'weightNorm: { type: real, low: 1, high: 2, sampler: normal }',
      '55: space.weightNorm.sampler: found "normal", allowed uniform, log-uniform or reversed-log-uniform',
    ],
    [
      'an unknown key of a range',
      'weightNorm: { type: real, low: 1, high: 2, samplr: uniform }',
      '46: space.weightNorm.samplr: found an unknown key, allowed type, low, high, scale, sampler, when; did you mean sampler?',
    ],
    [
      'a range that is none',
      'weightNorm: 80',
      '15: space.weightNorm: found 80, allowed a map of type, low, high, scale, sampler, when or a map of type, choices, when',
    ],
    [
      'a hyperparameter without a meaning',
      'decoderRegularisation: { type: real, low: 0.1, high: 1 }',
      '3: space.decoderRegularisation: found what has no meaning here, allowed it where decoder can be log or svm',
    ],
    [
      'a condition on nothing',
      'mapSize: { type: integer, low: 1, high: 2, when: { decoder: [all] } }',
      '54: space.mapSize.when.decoder: found a condition on it, allowed the categorical hyperparameters of space and fixed',
    ],
  ]
  it.each(inSpace)('%s', (_, line, problem) => {
    expect(problemsOf(withSpace(line))).toEqual([`8:${problem}`])
  })

  const decoderThen = (line: string): string =>
    withSpace(`decoder: { type: categorical, choices: [all, log] }\n${line}`)
  it('conditions on what cannot be', () => {
    const when = (condition: string) =>
      problemsOf(decoderThen(`mapSize: { type: integer, low: 1, high: 2, when: ${condition} }`))
    expect(when('{ decoder: [svm] }')).toEqual(['9:64: space.mapSize.when.decoder[0]: found "svm", allowed all or log'])
    expect(when('{ decoder: [all, all] }')).toEqual([
      '9:69: space.mapSize.when.decoder[1]: found all for the second time, allowed each choice once',
    ])
    expect(when('{ epochs: ["1"] }')).toEqual([
      '9:54: space.mapSize.when.epochs: found a condition on it, allowed the categorical hyperparameters of space and fixed',
    ])
    expect(when('{ decoder: [] }')).toEqual([
      '9:63: space.mapSize.when.decoder: found an empty list, allowed a list with something in it',
    ])
  })

  it('conditions on themselves', () => {
    const line = 'decoder: { type: categorical, choices: [all, log], when: { decoder: [all] } }'
    expect(problemsOf(withSpace(line))).toEqual([
      '8:60: space.decoder.when: found conditions in a circle: decoder -> decoder, allowed no circle',
    ])
  })

  it('conditions that are never met', () => {
    const text = withSpace(
      'mapSize: { type: integer, low: 1, high: 2, when: { decoder: [vote] } }',
      'budget: { trials: 1 }\nfixed: { decoder: all }\n',
    )
    expect(problemsOf(text)).toEqual([
      '9:63: space.mapSize.when.decoder: found a condition that is never met, as decoder is fixed, allowed all',
    ])
  })

  it('a meaning that a condition misses', () => {
    const line = 'decoderRegularisation: { type: real, low: 0.1, high: 1, when: { decoder: [all] } }'
    expect(problemsOf(decoderThen(line))).toEqual([
      '9:77: space.decoderRegularisation.when.decoder[0]: found "all", allowed log',
    ])
  })

  it('fixed values that the table refuses', () => {
    const fixed = `fixed:
  thetaPlusMv: -1
  epochs: 1.5
  decoder: 3gram
  mapSize: many
  tauTraceMs: true
  nu_post: 0.1
`
    expect(problemsOf(least + fixed)).toEqual([
      '7:16: fixed.thetaPlusMv: found -1, allowed a number from 0 to 1000',
      '8:11: fixed.epochs: found 1.5, allowed a whole number from 1 to 1000',
      '9:12: fixed.decoder: found "3gram", allowed all, all-last, vote, 2gram, 2gram-order, log or svm',
      '10:12: fixed.mapSize: found "many", allowed a whole number from 1 to 1000000',
      '11:15: fixed.tauTraceMs: found true, allowed a number or text',
      '12:3: fixed.nu_post: found the published name, allowed learningRatePost, which is its name here',
    ])
  })

  it('what is both searched and fixed', () => {
    const text = withSpace(
      'epochs: { type: integer, low: 1, high: 2 }',
      'budget: { trials: 5 }\nfixed: { epochs: 1 }\n',
    )
    expect(problemsOf(text)).toEqual([
      '7:10: fixed.epochs: found a hyperparameter that space searches, allowed it in one of the two',
    ])
  })

  const inStudy: readonly (readonly [about: string, lines: string, problem: string])[] = [
    [
      'a layer watched twice',
      'silence:\n  layers:\n    - { layer: excitatory, alpha: 5, beta: 0 }\n    - { layer: excitatory, alpha: 1, beta: 0 }',
      '9:16: silence.layers[1].layer: found excitatory for the second time, allowed each layer once',
    ],
    [
      'an unknown layer',
      'silence: { layers: [{ layer: output, alpha: 5, beta: 0.1 }] }',
      '6:30: silence.layers[0].layer: found "output", allowed excitatory or inhibitory',
    ],
    [
      'alpha that is no count',
      'silence: { layers: [{ layer: excitatory, alpha: 0.5, beta: 0.1 }] }',
      '6:49: silence.layers[0].alpha: found 0.5, allowed a whole number from 0',
    ],
    [
      'beta that is no share',
      'silence: { layers: [{ layer: excitatory, alpha: 5, beta: 5 }] }',
      '6:58: silence.layers[0].beta: found 5, allowed a number from 0 to 1',
    ],
    [
      'an interval of nothing',
      'silence: { interval: 0 }',
      '6:22: silence.interval: found 0, allowed a whole number from 1',
    ],
    [
      'workers that are no number',
      'workers: all',
      '6:10: workers: found "all", allowed auto, a whole number from 1 to 256 or a map',
    ],
    [
      'workers of a device that are no number',
      'workers: { cpu: many }',
      '6:17: workers.cpu: found "many", allowed a whole number from 0 to 256',
    ],
    [
      'workers on what is no device',
      'workers: { cpu: 1, gpu: 1 }',
      '6:20: workers.gpu: found gpu, allowed cpu, tensorflow, gpu0, gpu1, ...',
    ],
    [
      'workers of which there are none',
      'workers: { cpu: 0 }',
      '6:10: workers: found a map, allowed 1 to 256 workers in all',
    ],
    [
      'a seed that is too large',
      'seeds: { optimiser: 4294967296 }',
      '6:21: seeds.optimiser: found 4294967296, allowed a whole number from 0 to 4294967295',
    ],
    [
      'an unknown optimiser',
      'optimiser: { type: annealing }',
      '6:20: optimiser.type: found "annealing", allowed random, sobol, grid, tpe, scbo or ei',
    ],
    [
      'a TPE without candidates',
      'optimiser: { type: tpe, candidates: 0 }',
      '6:37: optimiser.candidates: found 0, allowed a whole number from 1 to 10000',
    ],
    [
      'a grid of nothing',
      'optimiser: { type: grid, points: 0 }',
      '6:34: optimiser.points: found 0, allowed a whole number from 1 to 1000',
    ],
    [
      'repeats that cannot differ',
      'seeds: { network: 1 }\nbudget: { trials: 3 }',
      '7:19: budget.trials: found 3, allowed 1, as without a space and with seeds.network all are the same',
    ],
    [
      'a rate that is no rate',
      'encoding: { maximumRateHz: 0 }',
      '6:28: encoding.maximumRateHz: found 0, allowed a number above 0 and at most 1000',
    ],
    [
      'a flag that is none',
      'silence: { stopEarly: yes }',
      '6:23: silence.stopEarly: found "yes", allowed true or false',
    ],
    ['a list in place of a map', 'space: [mapSize]', '6:8: space: found a list, allowed a map'],
    [
      'a damaged origin',
      'provenance: { application: a, study: b, trial: 0, metrics: {}, constraints: {}, datasetSha256: "12" }',
      '6:96: provenance.datasetSha256: found "12", allowed text (64 hexadecimal digits)',
    ],
  ]
  it.each(inStudy)('%s', (_, lines, problem) => {
    expect(problemsOf(least + lines)).toEqual([problem])
  })

  it('a search without an end', () => {
    const space = 'space: { epochs: { type: integer, low: 1, high: 2 } }\n'
    const problem = 'found no end of the search, allowed trials, wallTimeMinutes or both'
    expect(problemsOf(least + space)).toEqual([`1:1: budget: ${problem}`])
    expect(problemsOf(`${least}${space}budget: {}`)).toEqual([`7:9: budget: ${problem}`])
    expect(decodeDefinition(`${least}${space}budget: { wallTimeMinutes: 0.5 }`, 'a.yaml').budget).toEqual({
      wallTimeMinutes: 0.5,
    })
  })

  it('a dataset without its folder', () => {
    expect(problemsOf(least.replace('name: mnist', 'name: idx'))).toEqual([
      '3:10: dataset.folder: found nothing, allowed the folder of the four IDX files, for the dataset idx',
    ])
  })

  it('a race without replicates to judge by, and replicates that are to be pruned', () => {
    const race = 'found true, allowed false, or 3 `replicates` and more, which a race is judged by'
    expect(problemsOf(`${least}racing: true`)).toEqual([`6:9: racing: ${race}`])
    expect(problemsOf(`${least}replicates: 2\nracing: true`)).toEqual([`7:9: racing: ${race}`])
    expect(decodeDefinition(`${least}replicates: 3\nracing: true`, 'a.yaml')).toMatchObject({ racing: true })
    expect(problemsOf(`${least}replicates: 2\npruning: { rule: median }`)).toEqual([
      '7:18: pruning.rule: found median, allowed none, or `replicates: 1`, as pruning compares learning curves of one training',
    ])
    expect(problemsOf(`${least}replicates: 0`)).toEqual([
      '6:13: replicates: found 0, allowed a whole number from 1 to 100',
    ])
  })

  it('lateral synapses that excite all neurons alike', () => {
    const exciting = (inhibition: string): string =>
      least.replace('type: diehl-cook', `type: diehl-cook, lateral: exciting${inhibition}`)
    expect(problemsOf(exciting(''))).toEqual([
      expect.stringMatching(
        /network\.lateral: found exciting, allowed inhibiting, or exciting with the inhibition distance$/,
      ),
    ])
    expect(decodeDefinition(exciting(', inhibition: distance'), 'a.yaml').network).toMatchObject({
      lateral: 'exciting',
    })
  })

  it('the version of a newer Spiketune, and nothing else, for nobody here knows what it means', () => {
    expect(problemsOf('version: 3\nspce: {}')).toEqual([
      '1:10: version: found 3, allowed at most 2: it is from a newer Spiketune, update yours to read it',
    ])
    expect(problemsOf(least.replace('2', '"2"'))).toEqual(['1:10: version: found "2", allowed 2'])
    expect(problemsOf(least.replace('2', '0'))).toEqual(['1:10: version: found 0, allowed 2'])
  })

  /** Each was quadratic: 20,000 of them took a minute, and a message of megabytes. */
  const many = (write: (index: number) => string, count = 5000): string =>
    Array.from({ length: count }, (_, index) => write(index)).join('')
  const crowded: readonly (readonly [what: string, text: string, all: number])[] = [
    ['unknown keys', least + many((i) => `key${i}: 1\n`), 5000],
    ['keys for the second time', least + many(() => 'name: b\n'), 5000],
    ['unknown hyperparameters', withSpace(many((i) => `key${i}: { type: real, low: 0, high: 1 }\n`)), 5000],
    [
      'layers of one name',
      `${least}silence: { layers: [${many(() => '{ layer: excitatory, alpha: 1, beta: 0.1 }, ')}] }`,
      4999,
    ],
    ['choices', withSpace(`decoder: { type: categorical, choices: [${many((i) => `c${i}, `)}] }`), 5000],
    ['limits', `${least}constraints: [${many(() => '{ metric: accuracy, atLeast: 0.1 }, ')}]`, 4999],
    ['signs', `${least}a: [${many(() => ',')}]`, 5000],
  ]
  it.each(crowded)('the first 50 of thousands of %s, and how many more there are', (_, text, all) => {
    const lines = problemsOf(text)
    expect(lines).toHaveLength(51)
    expect(lines.at(-1)).toBe(`and ${all - 50} more`)
    expect(lines.join('').length).toBeLessThan(30_000)
  })

  it('more values than a definition can have', () => {
    const layers = many((i) => `    - { name: l${i}, type: dense }\n`)
    const text = least
      .replace('type: diehl-cook', 'type: layered, layers: [LAYERS]')
      .replace('post-pre', 'surrogate-gradient')
    const listed = layers.replace(/ {4}- (.+)\n/g, '$1, ')
    expect(problemsOf(text.replace('LAYERS', listed))).toEqual([
      expect.stringMatching(/^1:1: found 2\d\d\d\d values, allowed a definition of at most 20000$/),
    ])
  })

  it('a key that appears twice, along with everything else', () => {
    expect(problemsOf(`${least}name: b\nworkers: 0`)).toEqual([
      '6:1: name: found a key for the second time, allowed each key once',
      '7:10: workers: found 0, allowed auto, a whole number from 1 to 256 or a map',
    ])
  })
})
