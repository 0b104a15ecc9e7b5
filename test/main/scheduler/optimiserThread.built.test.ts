import { describe, expect, it, onTestFinished } from 'vitest'
import { optimiserSchema } from '../../../src-core/study/optimiserSchema.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'
import type { Ask, PendingTrial } from '../../../src-core/optimiser/optimiser.ts'
import { type FinishedTrial, trialNumber } from '../../../src-core/trial/trial.ts'
import type { OptimiserHost, OptimiserService } from '../../../src-main/scheduler/optimiserService.ts'
import { createOptimiserThreadHost } from '../../../src-main/scheduler/optimiserThread.ts'
import { finishedTrial, waitingTrial } from '../../core/optimiser/contract.ts'
import { inProcessOptimiserHost } from './inProcessOptimiser.ts'
import { definitionOf } from './schedulerBench.ts'

const threadHost = createOptimiserThreadHost(new URL('../../../out/main/optimiser.js', import.meta.url))
const types = optimiserSchema.options.map(({ shape }) => shape.type.value)

const definition = (type: string): StudyDefinition =>
  definitionOf(`space:
  mapSize: { type: integer, low: 10, high: 1000 }
  decoder: { type: categorical, choices: [all, vote, 2gram] }
  thresholdExcitatoryMv: { type: real, low: -64, high: -50 }
  learningRatePost: { type: real, low: 0.0001, high: 0.1, sampler: log-uniform }
optimiser: { type: ${type} }
budget: { trials: 100 }`)

interface Started {
  readonly service: OptimiserService
  /** Resolves with why the optimiser failed. */
  readonly failed: Promise<string>
}

const start = (
  definition: StudyDefinition,
  told: readonly FinishedTrial[] = [],
  host: OptimiserHost = threadHost,
): Started => {
  let fail: (message: string) => void = () => undefined
  const failed = new Promise<string>((resolve) => (fail = resolve))
  const service = host.start(definition, told, { failed: fail })
  onTestFinished(() => service.close())
  return { service, failed }
}

/** Asks for trials with three under way, the oldest and the newest ending in turn. */
const search = async (service: OptimiserService, from: number, to: number, pending: PendingTrial[], order: number) => {
  const answers: Ask[] = []
  const told: FinishedTrial[] = []
  for (let number = from; number < to; number++) {
    const answer = await service.ask(trialNumber(number), pending)
    answers.push(answer)
    if (answer.kind === 'exhausted') break
    pending.push({ ...waitingTrial(number, answer.configuration), explanation: answer.explanation })
    if (pending.length < 3) continue
    const end = number % 2 === 0 ? pending.shift() : pending.pop()
    if (end === undefined) break
    const { explanation } = end
    told.push({ ...finishedTrial(end.number, end.configuration, order + told.length), explanation })
    service.tell(told[told.length - 1] as FinishedTrial)
  }
  return { answers, told }
}

describe.each(types)('the thread of the %s optimiser', (type) => {
  it('answers as the optimiser does in process, also when another one is told what this one was', async () => {
    const here = start(definition(type), [], inProcessOptimiserHost)
    const there = start(definition(type))
    const pendingHere: PendingTrial[] = []
    const pendingThere: PendingTrial[] = []
    const first = await search(here.service, 0, 30, pendingHere, 0)
    expect(await search(there.service, 0, 30, pendingThere, 0)).toEqual(first)
    const resumedHere = start(definition(type), first.told, inProcessOptimiserHost)
    const resumedThere = start(definition(type), first.told)
    const second = await search(resumedHere.service, 30, 40, pendingHere, first.told.length)
    expect(await search(resumedThere.service, 30, 40, pendingThere, first.told.length)).toEqual(second)
  })
})

describe('the thread of an optimiser', () => {
  const number = trialNumber
  const configuration = { mapSize: 20, decoder: 'all', thresholdExcitatoryMv: -60, learningRatePost: 0.01 }

  it('that fails rejects what it was asked, says why, and answers nothing more', async () => {
    const { service, failed } = start(definition('scbo'))
    service.tell({ ...finishedTrial(0, configuration, 0), configuration: null as never })
    const answer = service.ask(number(1), [])
    await expect(answer).rejects.toThrow('null')
    expect(await failed).toContain('null')
    await expect(service.ask(number(1), [])).rejects.toThrow('null')
    service.tell(finishedTrial(1, configuration, 1))
  })

  it('that is not where it should be says so', async () => {
    const host = createOptimiserThreadHost(new URL('../../../out/main/nowhere.js', import.meta.url))
    const { service, failed } = start(definition('random'), [], host)
    await expect(service.ask(number(0), [])).rejects.toThrow('nowhere.js')
    expect(await failed).toContain('nowhere.js')
  })

  it('that ends of itself has failed', async () => {
    const host = createOptimiserThreadHost(new URL('data:text/javascript,process.exit(3)'))
    const { failed } = start(definition('random'), [], host)
    expect(await failed).toBe('its thread has ended (exit code 3)')
  })

  it('is closed while it is told thousands of trials and asked, and is heard no more', async () => {
    const told = Array.from({ length: 3000 }, (_, order) => finishedTrial(order, configuration, order))
    const failures: string[] = []
    const service = threadHost.start(definition('random'), told, { failed: (message) => failures.push(message) })
    const answer = service.ask(number(3000), [])
    const refused = expect(answer).rejects.toThrow('closed')
    await service.close()
    await refused
    await service.close()
    expect(failures).toEqual([])
  })

  it('is closed while it thinks and never comes to an end', async () => {
    const thinker = `import { parentPort } from 'node:worker_threads'
      parentPort.on('message', ({ type }) => { while (type === 'ask'); })`
    const host = createOptimiserThreadHost(new URL(`data:text/javascript,${encodeURIComponent(thinker)}`))
    const { service } = start(definition('random'), [], host)
    const refused = expect(service.ask(number(0), [])).rejects.toThrow('closed')
    await service.close()
    await refused
  })
})
