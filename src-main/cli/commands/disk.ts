import Table from 'cli-table3'
import { type Command, InvalidArgumentError } from 'commander'
import { diskPartWords, diskTotal, surplusNetworks } from '../../../src-core/library/studyDisk.ts'
import { numberTexts } from '../../../src-core/values/numberTexts.ts'
import { type Application, createSuggestions, type GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { formatCount } from '../text/format.ts'
import { examples, type RunAction } from './command.ts'
import { withStudy } from './openedStudy.ts'

interface Options extends GlobalOptions {
  readonly keepBest?: number
  readonly yes?: boolean
}

const { bytes: formatBytes } = numberTexts(' ')

const plural = (count: number, one: string): string => `${formatCount(count)} ${count === 1 ? one : `${one}s`}`

export const addDiskCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('disk')
    .summary('what studies keep on the disk')
    .description(
      'Says what each study of the library keeps on the disk, largest first; of one study, what it keeps it for. --keep-best says what would be freed if only the networks of the best and the pinned trials were kept, and with --yes removes the others.',
    )
    .argument('[study]', 'id of a study in the library, or its folder')
    .option(
      '--keep-best <number>',
      'keep the networks of so many of the best trials, and of the pinned ones',
      parseKeep,
    )
    .option('--yes', 'remove the other networks')
    .addHelpText(
      'after',
      examples([
        ['spiketune disk', 'all studies'],
        ['spiketune disk my-study-1', 'one of them'],
        ['spiketune disk my-study-1 --keep-best 3', 'what that would free'],
        ['spiketune cache', 'datasets that all studies share'],
      ]),
    )
    .action(
      run(async (options: Options, id?: string) => {
        if (options.keepBest !== undefined) {
          if (id === undefined) return refuse(application)
          return keepBest(application, options, id, options.keepBest)
        }
        return id === undefined ? listAll(application, options) : showOne(application, options, id)
      }),
    )
}

const refuse = ({ terminal }: Application): number => {
  terminal.warn('--keep-best is of one study: name it, as in: spiketune disk my-study-1 --keep-best 3')
  return exitCodes.usage
}

const listAll = async ({ terminal, openLibrary }: Application, options: Options): Promise<number> => {
  const library = openLibrary(options.library ?? null)
  const studies: { readonly id: string; readonly bytes: number; readonly networkBytes: number }[] = []
  for await (const { id, diskBytes, networkBytes } of library.list())
    studies.push({ id, bytes: diskBytes, networkBytes })
  studies.sort((a, b) => b.bytes - a.bytes)
  if (options.json) {
    for (const study of studies) terminal.print(JSON.stringify(study))
    return exitCodes.success
  }
  const table = new Table({
    head: ['study', 'on disk', 'of it networks'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const { id, bytes, networkBytes } of studies) table.push([id, formatBytes(bytes), formatBytes(networkBytes)])
  const sum = studies.reduce((total, { bytes }) => total + bytes, 0)
  const count = `${formatCount(studies.length)} ${studies.length === 1 ? 'study' : 'studies'}`
  if (studies.length > 0) terminal.print(table.toString())
  terminal.print(`${count} in ${library.folder}: ${formatBytes(sum)}. Datasets that all share: spiketune cache`)
  return exitCodes.success
}

const showOne = async ({ terminal, openLibrary }: Application, options: Options, id: string): Promise<number> => {
  await Promise.resolve()
  const library = openLibrary(options.library ?? null)
  const disk = library.disk(id)
  if (options.json) {
    terminal.print(JSON.stringify({ ...disk, bytes: diskTotal(disk) }))
    return exitCodes.success
  }
  const table = new Table({
    head: ['part', 'files', 'on disk', ''],
    colAligns: ['left', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  })
  for (const { kind, files, bytes } of disk.parts) {
    const { title, text } = diskPartWords[kind]
    table.push([title, formatCount(files), formatBytes(bytes), text])
  }
  terminal.print(table.toString())
  terminal.print(`Together ${formatBytes(diskTotal(disk))}. Backups lie where you put them, and are not counted.`)
  return exitCodes.success
}

const keepBest = (application: Application, options: Options, id: string, keep: number): Promise<number> =>
  withStudy(application, options, id, (study) => {
    const { terminal } = application
    if (options.yes !== true) {
      const surplus = surplusNetworks(study.snapshot().trials, keep)
      const { networkBytes } = study.summary()
      const kept = study.snapshot().trials.filter(({ networkFile }) => networkFile !== null).length
      // They are of one kind, and of much the same size.
      const bytes = kept === 0 ? 0 : (networkBytes * surplus.length) / kept
      if (options.json) terminal.print(JSON.stringify({ removed: false, networks: surplus.length, bytes }))
      else if (surplus.length === 0) terminal.print('Nothing would be removed: no more networks are kept.')
      else
        terminal.print(
          `The networks of ${plural(surplus.length, 'trial')} would be removed, about ${formatBytes(bytes)}; ${formatCount(kept - surplus.length)} would stay. They cannot be taken back, but trained again. To remove them: ${createSuggestions(options).command('disk', id, '--keep-best', String(keep), '--yes')}`,
        )
      return exitCodes.success
    }
    const freed = study.keepBestNetworks(keep)
    if (options.json) terminal.print(JSON.stringify({ removed: true, ...freed }))
    else terminal.print(`Removed the networks of ${plural(freed.networks, 'trial')}: ${formatBytes(freed.bytes)}.`)
    return exitCodes.success
  })

const parseKeep = (text: string): number => {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Allowed: a whole number from 0.')
  return Number(text)
}
