/** A failure of the set-up whose message says what to do; anything else that is thrown is a defect. */
export class SetupProblem extends Error {
  /** @override */
  name = 'SetupProblem'
}

/**
 * Prints one line of what is going on.
 *
 * @param {string} text
 */
export const say = (text) => {
  process.stdout.write(`spiketune: ${text}\n`)
}

/**
 * Runs one step of the set-up and prints what it did and how long it took.
 *
 * @param {string} name
 * @param {() => Promise<string>} work answers what it did
 * @returns {Promise<void>}
 */
export const step = async (name, work) => {
  const start = performance.now()
  const outcome = await work()
  say(`${name}: ${outcome} (${seconds(performance.now() - start)})`)
}

/**
 * Runs a whole script: a SetupProblem is printed without its stack, and the exit code is 1.
 *
 * @param {() => Promise<number | void>} main answers the exit code, 0 when it answers nothing
 * @returns {Promise<void>}
 */
export const runScript = async (main) => {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    process.stderr.write(`\nspiketune: ${error.message}\n`)
    process.exitCode = 1
  }
}

/**
 * @param {number} durationMs
 * @returns {string}
 */
const seconds = (durationMs) =>
  durationMs < 9950 ? `${(durationMs / 1000).toFixed(1)} s` : `${Math.round(durationMs / 1000)} s`
