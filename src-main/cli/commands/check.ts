import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { StudyCheck } from '../../../src-core/contracts/studyCheck.ts'
import { damageText } from '../../../src-core/progress/damageText.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { checkPairs } from '../text/checkText.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'
import { withStudy } from './openedStudy.ts'

export const addCheckCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('check')
    .summary('whether what is stored is what was written')
    .description(
      'Reads everything that is stored of a study, its kept networks too, and compares it with the checksums that were ' +
        'written with it. What is damaged is named; the exit code is then 5. Damaged trials are left out of models, never best.',
    )
    .argument('<study>', 'id of a study in the library, or its folder')
    .addHelpText('after', examples([['spiketune check mnist-stdp-small-1', 'reads all of it']]))
    .action(
      run(async (options: GlobalOptions, id: string) =>
        withStudy(application, options, id, async (study) => tellOf(await study.check(), application, options)),
      ),
    )
}

export const addBackupCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('backup')
    .summary('a study in one file')
    .description(
      'Writes a study with its kept networks into one file, also while it runs, and checks what was written. In the folder ' +
        'of the library, `tar -xf <file>` makes the study again.',
    )
    .argument('<study>', 'id of a study in the library, or its folder')
    .argument('<file>', 'the file to write; one that is there is not written over')
    .addHelpText('after', examples([['spiketune backup mnist-stdp-small-1 demo.tar', 'into this folder']]))
    .action(
      run(async (options: GlobalOptions, id: string, file = '') =>
        withStudy(application, options, id, async (study) => {
          const path = resolve(file)
          const check = await study.backUp(path, false)
          if (!options.json) application.terminal.print(`Written: ${path}`)
          return tellOf(check, application, options, path)
        }),
      ),
    )
}

const tellOf = (check: StudyCheck, { terminal }: Application, { json }: GlobalOptions, file?: string): number => {
  if (json) terminal.print(JSON.stringify({ type: 'check', ...(file === undefined ? {} : { file }), ...check }))
  else {
    terminal.print(labelled(checkPairs(check), terminal.styles))
    for (const one of check.damage) terminal.warn(damageText(one))
  }
  return check.damage.length === 0 ? exitCodes.success : exitCodes.environment
}
