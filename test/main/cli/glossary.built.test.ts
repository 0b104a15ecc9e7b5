import { afterAll, describe, expect, it } from 'vitest'
import { sortedTerms } from '../../../src-core/glossary/glossary.ts'
import { Workspace } from './spiketune.ts'

const workspace = new Workspace()
afterAll(() => {
  workspace.dispose()
})

describe('spiketune glossary', () => {
  it('says what a term means, whatever of its names it is given', async () => {
    const { code, stdout } = await workspace.run('glossary', 'Q2')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Q²\n {2}How well the model predicts/)
    expect(stdout).toContain('More: docs/numerics.md#diagnostics')
  })

  it('lists all terms, as lines of JSON too', async () => {
    expect(await workspace.json('glossary')).toEqual(sortedTerms)
  })

  it('asks whether another term was meant where there is none', async () => {
    const { code, stderr } = await workspace.run('glossary', 'lenghtscale')
    expect(code).toBe(2)
    expect(stderr).toContain('The glossary has no term lenghtscale. Did you mean Lengthscale?')
  })
})
