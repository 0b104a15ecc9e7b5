import type { OpenStudy } from '../../studies/studyService.ts'
import { type Application, createSuggestions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { toJsonLine } from '../progress/jsonLines.ts'
import { labelled } from '../text/resultText.ts'
import type { RunOptions } from './runStudy.ts'

/** Closes a study here and lets a process in the background run it. Returns the exit code. @throws {SpiketuneError} what that process says */
export const detach = async (study: OpenStudy, application: Application, options: RunOptions): Promise<number> => {
  const { terminal } = application
  const { id, folder } = study
  await study.close()
  const pid = await application.launchBackground({ folder, hooks: options.hooks === true })
  if (options.json === true) terminal.print(toJsonLine({ type: 'background', study: id, folder, pid }))
  else if (options.quiet === true) terminal.print(`${id} runs in the background, process ${pid}`)
  else {
    const suggest = createSuggestions(options)
    terminal.print(`${terminal.styles.green('Runs in the background:')} ${id}, process ${pid}.`)
    terminal.print(
      labelled(
        [
          ['Watch it', suggest.command('attach', id)],
          ['Pause it', suggest.command('stop', id)],
          ['See it', suggest.window({ id, folder })],
        ],
        terminal.styles,
      ),
    )
  }
  return exitCodes.success
}
