import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { demoOfFive, tableOf } from '../../resources/scripts/checkNode.mjs'
import { projectRoot } from '../../resources/scripts/common/projectRoot.mjs'

describe('the demo of five trials', () => {
  it('is the preset with another budget', () => {
    const preset = readFileSync(join(projectRoot, 'resources/presets/mnist-stdp-small.yaml'), 'utf8')
    const changed = preset.split('\n').flatMap((line, index) => {
      const now = demoOfFive(preset).split('\n')[index]
      return now === line ? [] : [[line, now]]
    })
    expect(changed).toEqual([['budget: { trials: 100 }', 'budget: { trials: 5 }']])
  })

  it('is refused where the budget is none of trials', () => {
    expect(() => demoOfFive('budget: { hours: 2 }')).toThrow(/no budget of trials/)
  })
})

it('the table has a row for each Node, and says which failed and where', () => {
  const passed = { node: '22.1.0', steps: [step('install', 12.3), step('demo', 9.8)], failure: '' }
  const failed = { node: '24.0.0', steps: [step('install', 3)], failure: 'npm ci ended with 1' }
  expect(tableOf([passed, failed]).split('\n')).toEqual([
    'Node    install  demo  result',
    '22.1.0  12 s     10 s  passed',
    '24.0.0  3 s      -     FAILED',
  ])
})

const step = (name: string, seconds: number) => ({ name, seconds })
