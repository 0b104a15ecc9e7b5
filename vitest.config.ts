import { defineConfig } from 'vitest/config'

// What is waited for is there as soon as it is: a slow or busy machine must not fail for being late, so only what hangs is ended.
const shared = { testTimeout: 600_000, hookTimeout: 600_000, expect: { poll: { timeout: 300_000 } } }

/** `unit` needs the compiled kernels only; `application` needs the whole build, and starts real processes and windows. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default', './test/support/closingLineReporter.ts'],
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/{core,worker,renderer,install,main,bench,oracles}/**/*.test.ts'],
          exclude: ['test/main/**/*.built.test.ts', 'test/worker/**/*.built.test.ts'],
          globalSetup: ['test/support/buildKernels.ts', 'test/support/datasetCache.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'application',
          include: ['test/{main,worker}/**/*.built.test.ts', 'test/window/**/*.test.ts'],
          globalSetup: ['test/support/build.ts', 'test/support/datasetCache.ts'],
        },
      },
    ],
  },
})
