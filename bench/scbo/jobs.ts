/** Jobs in worker threads, each of which runs the bench's own bundle again and answers one job after the other. */
import { Worker, parentPort } from 'node:worker_threads'

interface Message<Value> {
  readonly index: number
  readonly value: Value
}

/**
 * Runs every job in one of `threads` threads of the script `bundle`; the results are in the order of the jobs. A job that
 * takes longer than `limitMs` ends all of them: nothing else tells a long computation from one without an end.
 */
export const runJobs = async <Job, Result>(
  bundle: string,
  jobs: readonly Job[],
  threads: number,
  limitMs: number,
  onResult: (done: number) => void,
): Promise<Result[]> => {
  const results: Result[] = []
  let next = 0
  let done = 0
  const runThread = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(bundle)
      let ended = false
      let watch: NodeJS.Timeout | undefined
      const giveNext = (): void => {
        clearTimeout(watch)
        const index = next++
        const value = jobs[index]
        if (value !== undefined) {
          worker.postMessage({ index, value } satisfies Message<Job>)
          watch = setTimeout(() => {
            reject(new Error(`not done after ${limitMs / 1000} s: ${JSON.stringify(value)}`))
          }, limitMs)
          return
        }
        ended = true
        void worker.terminate().then(() => resolve(), reject)
      }
      worker.on('message', ({ index, value }: Message<Result>) => {
        results[index] = value
        done++
        onResult(done)
        giveNext()
      })
      worker.on('error', reject)
      worker.on('exit', (code) => {
        if (!ended) reject(new Error(`a thread ended with code ${code}`))
      })
      giveNext()
    })
  await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, runThread))
  return results
}

/** Answers the jobs of `runJobs`, in a thread. */
export const serveJobs = <Job, Result>(perform: (job: Job) => Result): void => {
  parentPort?.on('message', ({ index, value }: Message<Job>) => {
    parentPort?.postMessage({ index, value: perform(value) } satisfies Message<Result>)
  })
}
