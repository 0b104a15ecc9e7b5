import type { HostMessage } from '../../../src-core/contracts/worker.ts'
import type { Outcome } from '../../../src-core/trial/measurement.ts'
import type { WorkerHost, WorkerListener } from '../../../src-main/workers/workerHost.ts'
import { complete } from '../scheduler/schedulerBench.ts'

type Request = Extract<HostMessage, { type: 'evaluate' }>['request']

/** Workers that answer at once, by a function of what they are asked; null: the trial goes on until it is paused or called off. */
export const scriptedHost = (outcomeOf: (request: Request) => Outcome | null = measured): WorkerHost => ({
  kind: 'child-process',
  start(_name, listener) {
    say(listener, { type: 'ready', device: 'cpu', version: '1' })
    return {
      pid: 1,
      post(message) {
        if (message.type === 'evaluate') {
          const outcome = outcomeOf(message.request)
          if (outcome !== null) say(listener, { type: 'outcome', trial: message.request.trial, outcome })
        } else if (message.type === 'pause') say(listener, { type: 'paused', trial: message.trial })
        else if (message.type === 'shutdown') end(listener)
      },
      kill() {
        end(listener)
      },
    }
  },
})

/** What a network comes to follows from what it got alone. */
export const measured = ({ hyperparameters, seed }: Request): Outcome =>
  complete((Number(hyperparameters['mutationRate']) * 7919 + seed / 2 ** 32) % 1)

const say = (listener: WorkerListener, message: Parameters<WorkerListener['message']>[0]): void => {
  setImmediate(() => {
    listener.message(message)
  })
}

const end = (listener: WorkerListener): void => {
  setImmediate(() => {
    listener.exit({ kind: 'requested' }, '')
  })
}
