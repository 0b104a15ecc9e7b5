import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** How many tests ended in which way. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The line itself, without its end. */
export const closingLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

/**
 * Counts tests. A file that could not be loaded and a failed hook have no test of their own and count as one failure each,
 * and so do an error outside all tests and a test that the run never came to: a failed run never reads as `0 failed`.
 */
export const tallyOf = (modules: readonly TestModule[], unhandledErrors: number): Tally => {
  const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state))
  const count = (state: string): number => states.filter((each) => each === state).length
  const suiteErrors = modules.reduce((sum, module) => {
    const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0).length
    return sum + suites + (module.errors().length > 0 ? 1 : 0)
  }, 0)
  return {
    passed: count('passed'),
    failed: count('failed') + count('pending') + suiteErrors + unhandledErrors,
    skipped: count('skipped'),
  }
}

/** Ends the output with one line that scripts can read: `N passed, N failed`, and `, N skipped` when some were. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tally = tallyOf(modules, unhandledErrors.length)
    // After the default reporter's summary, which is written in the same call for all reporters.
    process.once('exit', () => process.stdout.write(`\n${closingLine(tally)}\n`))
  }
}
