/**
 * Makes this process the first of a session of its own, as the terminal's workers are from their start. Linux shares the processor out
 * among sessions (autogroups, `man 7 sched`) before it does among processes: all utility processes of a window, its page and its main
 * process together would get what one other program gets. Nothing else of a worker depends on its session; it ends with its port.
 * Where it cannot be done the worker computes as well, only with less of a busy machine.
 */
export const beginOwnSession = async (): Promise<void> => {
  if (process.platform !== 'linux') return
  try {
    const { default: koffi } = await import('koffi')
    // It fails where this process leads a group already, which is then its own.
    koffi.load(null).func('int setsid()')()
  } catch {
    // No native code of koffi for this platform.
  }
}
