/**
 * Ends a process at once, or, by its negative number, a group of processes. It may have gone already: between a look at it and this
 * call anything can have ended it.
 */
export const endProcess = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
