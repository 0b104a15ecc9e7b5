import { describe, expect, it } from 'vitest'
import { decodeDefinition } from '../../../src-core/study/decodeDefinition.ts'
import { DefinitionError } from '../../../src-core/study/definitionError.ts'

const study = (optimiser: string) => `version: 2
name: a
dataset: { name: mnist }
network: { type: diehl-cook }
training: { algorithm: post-pre }
space:
  decoder: { type: categorical, choices: [all, vote] }
  mapSize: { type: integer, low: 10, high: 40 }
optimiser: ${optimiser}
`

const problemsOf = (optimiser: string): readonly string[] => {
  try {
    decodeDefinition(study(optimiser), 'a.yaml')
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    return error.problems.map(({ path, found, allowed }) => `${path}: found ${found}, allowed ${allowed}`)
  }
  return []
}

describe('a grid in a definition', () => {
  it('needs no budget: it ends by itself', () => {
    const definition = decodeDefinition(study('{ type: grid }'), 'a.yaml')
    expect(definition).toMatchObject({ optimiser: { type: 'grid', points: 5, parameters: {} }, budget: {} })
  })

  it('may have points and values of its own for each hyperparameter', () => {
    expect(problemsOf('{ type: grid, parameters: { decoder: { values: [vote] }, mapSize: { points: 3 } } }')).toEqual(
      [],
    )
    expect(problemsOf('{ type: grid, parameters: { mapSize: { values: [10, 40] } } }')).toEqual([])
  })

  it.each([
    ['{ weightNorm: { points: 3 } }', 'weightNorm: found no hyperparameter of the space, allowed decoder or mapSize'],
    ['{ mapSize: {} }', 'mapSize: found neither, allowed points or values'],
    ['{ mapSize: { points: 2, values: [10] } }', 'mapSize: found both, allowed points or values'],
    ['{ decoder: { points: 2 } }', 'decoder.points: found a number of choices, allowed values: some of the choices'],
    ['{ decoder: { values: [log] } }', 'decoder.values[0]: found "log", allowed all or vote'],
    ['{ mapSize: { values: [10, 50] } }', 'mapSize.values[1]: found 50, allowed a whole number from 10 to 40'],
    ['{ mapSize: { values: [10.5] } }', 'mapSize.values[0]: found 10.5, allowed a whole number from 10 to 40'],
    ['{ mapSize: { values: [12, 12] } }', 'mapSize.values[1]: found 12 for the second time, allowed each value once'],
    ['{ mapSize: { values: [] } }', 'mapSize.values: found an empty list, allowed a list with something in it'],
  ])('may not say %s', (parameters, problem) => {
    expect(problemsOf(`{ type: grid, parameters: ${parameters} }`)).toEqual([`optimiser.parameters.${problem}`])
  })
})
