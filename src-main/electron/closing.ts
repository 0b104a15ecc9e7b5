import type { BrowserWindow } from 'electron'
import { waitsForText } from '../../src-core/progress/waitsFor.ts'
import { formatDuration } from '../cli/text/format.ts'
import type { OpenStudy } from '../studies/studyService.ts'
import { askClosing, askWhileDraining, showError } from './dialogs.ts'
import type { OpenStudies } from './openStudies.ts'
import { toWireError } from './ipc.ts'

type Closing = 'open' | 'asking' | 'leaving' | 'draining' | 'asking-while-draining' | 'closing'

/**
 * A window with running studies asks before it closes. Draining takes as long as the slowest trial; until then the
 * window stays and shows it, and closing it again offers to pause at once.
 * @param leave lets a process in the background go on with a study
 */
export const guardClosing = (
  window: BrowserWindow,
  studies: OpenStudies,
  leave: (study: OpenStudy) => Promise<void>,
): void => {
  let closing: Closing = 'open'

  const close = (): void => {
    closing = 'closing'
    window.close()
  }
  const drain = async (): Promise<void> => {
    await Promise.all(studies.busy.map((study) => study.drain()))
    if (closing !== 'closing') close()
  }
  const ask = async (): Promise<void> => {
    closing = 'asking'
    const choice = await askClosing(
      window,
      studies.busy.map((study) => study.definition.name),
      studies.leavable.length > 0,
    )
    if (choice === 'stay') {
      closing = 'open'
    } else if (choice === 'pause') {
      close()
    } else if (choice === 'leave') {
      closing = 'leaving'
      // The rest is paused: a confirmation or an experiment goes on when it is asked for again.
      for (const study of studies.leavable) await leave(study)
      close()
    } else {
      closing = 'draining'
      await drain()
    }
  }
  const askAgain = async (): Promise<void> => {
    closing = 'asking-while-draining'
    const choice = await askWhileDraining(window, studies.busy.flatMap(waitOf))
    if (window.isDestroyed()) return
    if (choice === 'pause') close()
    else closing = 'draining'
  }
  const report = (error: unknown): void => {
    closing = 'open'
    void showError(window, 'Spiketune could not quit as asked.', toWireError(error))
  }

  window.on('close', (event) => {
    if (closing === 'closing' || (closing === 'open' && studies.busy.length === 0)) return
    event.preventDefault()
    if (closing === 'open') ask().catch(report)
    if (closing === 'draining') askAgain().catch(report)
  })
}

const waitOf = (study: OpenStudy): string[] => {
  const { name, waitsFor, timeLeftMs } = study.summary()
  return waitsFor === null ? [] : [`${name}: ${waitsForText(waitsFor, timeLeftMs, formatDuration)}`]
}
