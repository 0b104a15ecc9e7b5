import { type Command, InvalidArgumentError } from 'commander'
import {
  type CacheContents,
  type CacheLimits,
  cacheLimitsSchema,
  type CacheRequest,
} from '../../../src-core/datasets/cacheContents.ts'
import { InspectorProcess } from '../../inspection/inspectorProcess.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes } from '../exitCodes.ts'
import { formatTime } from '../text/format.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'

type Limits = GlobalOptions & Partial<CacheLimits>

export const addCacheCommand = (program: Command, application: Application, run: RunAction): void => {
  const { terminal } = application
  const answer = async (options: GlobalOptions, request: CacheRequest): Promise<number> => {
    const contents = await ask(request, application)
    terminal.print(options.json ? JSON.stringify(contents) : contentsText(contents, request, application))
    return exitCodes.success
  }
  const cache = program
    .command('cache')
    .summary('the converted datasets on the disk')
    .description(
      'Lists the converted datasets, which all studies share and which are made anew where they are missing. What was not ' +
        'used for too long goes, and the longest unused of what is too much; never what a worker has open.',
    )
    .addHelpText(
      'after',
      examples([
        ['spiketune cache clear', 'removes what no process has open'],
        ['spiketune cache limit --gigabytes 100 --days 365', 'keeps more of them, and longer'],
      ]),
    )
    .action(run((options: GlobalOptions) => answer(options, { clear: false, limits: null })))
  cache
    .command('clear')
    .summary('removes them')
    .description('Removes every converted dataset that no process has open or makes.')
    .action(run((options: GlobalOptions) => answer(options, { clear: true, limits: null })))
  cache
    .command('limit')
    .summary('how much is kept, and how long')
    .description('Sets how much of converted datasets is kept, and for how long, whichever process makes them.')
    .option('--gigabytes <number>', 'of all together', (text) => parsed('gigabytes', text))
    .option('--days <number>', 'that one is kept without being used', (text) => parsed('days', text))
    .action(
      run(async ({ gigabytes, days, ...options }: Limits) => {
        const { limits } = await ask({ clear: false, limits: null }, application)
        const wanted = { gigabytes: gigabytes ?? limits.gigabytes, days: days ?? limits.days }
        return answer(options, { clear: false, limits: wanted })
      }),
    )
}

const parsed = (name: keyof CacheLimits, text: string): number => {
  const { data } = cacheLimitsSchema.shape[name].safeParse(text.trim() === '' ? NaN : Number(text))
  if (data !== undefined) return data
  throw new InvalidArgumentError(name === 'days' ? 'Allowed: a whole number from 1.' : 'Allowed: a number from 0.')
}

const ask = async (request: CacheRequest, { inspectorHost }: Application): Promise<CacheContents> => {
  const process = new InspectorProcess(inspectorHost, 'dataset-cache')
  try {
    return await process.ask('cache', request)
  } finally {
    process.close()
  }
}

/** In the unit of the limit. */
const gigabytesText = (bytes: number): string => `${(bytes / 1e9).toFixed(3)} GB`

const contentsText = (contents: CacheContents, { clear }: CacheRequest, { terminal }: Application): string => {
  const { folder, limits, datasets, freedBytes } = contents
  const total = datasets.reduce((sum, { bytes }) => sum + bytes, 0)
  const facts: [string, string][] = [
    ...datasets.map(({ dataset, bytes, usedAtMs, inUse }): [string, string] => [
      dataset,
      `${gigabytesText(bytes)}, ${inUse ? 'in use' : `last used ${formatTime(usedAtMs)}`}`,
    ]),
    ...(clear || freedBytes > 0 ? [['Removed', gigabytesText(freedBytes)] as [string, string]] : []),
    ['Together', `${gigabytesText(total)} of at most ${limits.gigabytes} GB, each kept for ${limits.days} days`],
    ['Folder', folder],
  ]
  return labelled(facts, terminal.styles)
}
