/** Runs the contract over utility processes in a real Electron, and prints what came of it as one line of JSON. */
import { pathToFileURL } from 'node:url'
import { app } from 'electron'
import { createUtilityProcessHost } from '../../../src-main/electron/utilityProcessHost.ts'
import { type ContractSetup, evaluateOnce, hostContract } from './hostContract.ts'

const main = async (): Promise<void> => {
  const worker = process.env['SPIKETUNE_TEST_WORKER']
  if (worker === undefined) throw new Error('SPIKETUNE_TEST_WORKER names the worker')
  const setup: ContractSetup = { worker: pathToFileURL(worker), createHost: createUtilityProcessHost }
  const failures: Record<string, string | null> = {}
  for (const { name, run } of hostContract) {
    failures[name] = await run(setup).then(
      () => null,
      (error: unknown) => String(error),
    )
  }
  process.stdout.write(`\n${JSON.stringify({ failures, evaluation: await evaluateOnce(setup) })}\n`, () => {
    app.exit(0)
  })
}

void app.whenReady().then(main)
