import { Argument, type Command } from 'commander'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import {
  findInstallation,
  type FoundInstallation,
  tensorflowFolder,
  type Variant,
} from '../../tensorflow/installation.ts'
import {
  removeTensorflow,
  type SetupProgress,
  type SetupRequest,
  type SetupResult,
  setupTensorflow,
} from '../../tensorflow/setupTensorflow.ts'
import { verifyInstalled } from '../../tensorflow/verify.ts'
import type { Application, GlobalOptions } from '../application.ts'
import { exitCodes, type HandledSignal, signalExitCodes } from '../exitCodes.ts'
import { reportError } from '../reportError.ts'
import { onSignals } from '../signals.ts'
import { labelled } from '../text/resultText.ts'
import { examples, type RunAction } from './command.ts'
import { programName } from '../../files/programName.ts'

interface Options extends GlobalOptions {
  readonly wheel?: string
  readonly sitePackages?: string
  readonly download?: boolean
  readonly force?: boolean
  readonly remove?: boolean
  readonly status?: boolean
}

export const addSetupCommand = (program: Command, application: Application, run: RunAction): void => {
  program
    .command('setup')
    .summary('prepare this machine for training on GPUs')
    .description(
      'Installs TensorFlow for this user, so that layered networks can be trained on NVIDIA GPUs (cuda) or by TensorFlow ' +
        'on the processor (tensorflow). Its libraries come from the Python package index, which needs python3 and a C++ ' +
        'compiler. Without it everything trains on the processor by WebAssembly.',
    )
    .addArgument(new Argument('<what>', 'what to prepare').choices(['cuda', 'tensorflow']))
    .option('--site-packages <folder>', 'take the libraries of a TensorFlow that is installed already')
    .option('--wheel <file>', 'take them from a wheel of TensorFlow; CUDA may lie beside it as wheels of its own')
    .option('--download', 'take the older ones that the package @tensorflow/tfjs-node downloads itself')
    .option('--force', 'install it anew')
    .option('--status', 'say what is installed, and whether it works')
    .option('--remove', 'remove it')
    .addHelpText(
      'after',
      examples([
        ['spiketune setup cuda', 'for NVIDIA GPUs'],
        ['spiketune setup cuda --status', 'whether it works'],
        ['spiketune setup tensorflow --wheel tensorflow_cpu-2.21.0-....whl', 'from a file'],
      ]),
    )
    .action(
      run(async (options: Options, what: string) => {
        const variant: Variant = what === 'cuda' ? 'cuda' : 'cpu'
        const folder = tensorflowFolder(application.environment)
        if (options.status) return status(application, options, folder, variant)
        if (options.remove) {
          const removed = await removeTensorflow(folder, variant)
          const text = removed ? `Removed from ${folder}.` : 'Nothing was installed.'
          application.terminal.print(options.json ? JSON.stringify({ removed }) : text)
          return exitCodes.success
        }
        return setUp(application, options, variant, folder)
      }),
    )
}

/** Sets it up, or stops when it is asked to, with nothing changed. */
const setUp = async (application: Application, options: Options, variant: Variant, folder: string): Promise<number> => {
  const { terminal } = application
  const stop = new AbortController()
  let asked: HandledSignal | null = null
  const ignore = onSignals((signal) => {
    asked ??= signal
    stop.abort(new SpiketuneError('setup-failed', 'The set-up was stopped. Nothing was changed.'))
  })
  const request: SetupRequest = {
    variant,
    folder,
    source: sourceOf(options),
    force: options.force === true,
    environment: { ...application.environment },
    signal: stop.signal,
  }
  try {
    const result = await setupTensorflow(request, progressOf(application, options))
    terminal.print(options.json ? JSON.stringify(result) : resultText(result, options, application))
    return exitCodes.success
  } catch (error) {
    if (asked === null) throw error
    reportError(error, application, options)
    return signalExitCodes[asked]
  } finally {
    ignore()
  }
}

const sourceOf = ({ wheel, sitePackages, download }: Options): SetupRequest['source'] => {
  if ([wheel, sitePackages, download].filter((option) => option !== undefined).length > 1) {
    throw new SpiketuneError('setup-failed', 'Give one of --wheel, --site-packages and --download.')
  }
  if (wheel !== undefined) return { kind: 'wheel', file: wheel }
  if (sitePackages !== undefined) return { kind: 'site-packages', folder: sitePackages }
  return { kind: download === true ? 'download' : 'pip' }
}

/** Steps with the time that each took; with --verbose what the tools say too. Nothing for scripts. */
const progressOf = ({ terminal }: Application, { json, verbose }: Options): SetupProgress => {
  let sinceMs = performance.now()
  return {
    step(index, steps, what) {
      const seconds = (performance.now() - sinceMs) / 1000
      sinceMs = performance.now()
      if (json) return
      if (index > 1) terminal.print(terminal.styles.dim(`     ${seconds.toFixed(0)} s`))
      terminal.print(`${index}/${steps}  ${what}`)
    },
    line(text) {
      if (json) return
      const shown = verbose ? text : downloadText(text)
      if (shown !== null) terminal.print(terminal.styles.dim(`     ${shown}`))
    },
  }
}

/** What pip fetches now, where it is large enough to be waited for; null: another line. */
export const downloadText = (line: string): string | null => {
  const [, file, size] = /^Downloading (?:\S*\/)?([^/\s]+\.whl) \(([\d.]+ [MG]B)\)/.exec(line) ?? []
  return file === undefined || size === undefined ? null : `${file}, ${size}`
}

const resultText = (result: SetupResult, options: Options, { terminal }: Application): string => {
  const { installation, unchanged, tensorflowVersion, gpu } = result
  const state = unchanged ? 'was set up already, and works' : 'is set up, and works'
  const where = gpu ? 'on the GPU' : 'on the processor'
  const missing =
    installation.variant === 'cuda' && !gpu
      ? [`No GPU answered: \`${programName} devices\` says what is missing. Until then it computes on the processor.`]
      : []
  const { wheel, sitePackages, download } = options
  const asked = wheel !== undefined || sitePackages !== undefined || download === true
  return [
    terminal.styles.green(`TensorFlow ${tensorflowVersion} ${state} (two matrices were multiplied ${where}).`),
    ...(unchanged && asked ? [`Its libraries are from ${installation.source}. With --force it is set up anew.`] : []),
    ...missing.map((line) => terminal.styles.yellow(line)),
    `\`${programName} devices\` shows what can train now.`,
  ].join('\n')
}

const status = async (
  { terminal, environment }: Application,
  options: Options,
  folder: string,
  variant: Variant,
): Promise<number> => {
  const found = findInstallation(folder, variant)
  if (found === null) {
    const command = `${programName} setup ${variant === 'cuda' ? 'cuda' : 'tensorflow'}`
    terminal.print(options.json ? JSON.stringify({ installed: false }) : `Not set up. \`${command}\` does.`)
    return exitCodes.notFound
  }
  const verified = await verifyInstalled(found, { ...environment })
  const state = { installed: true, ...found, gpu: verified.gpu }
  terminal.print(options.json ? JSON.stringify(state) : labelled(statusLines(found, verified.gpu), terminal.styles))
  return exitCodes.success
}

const statusLines = (found: FoundInstallation, gpu: boolean): [string, string][] => [
  ['TensorFlow', `${found.tensorflowVersion}, works on ${gpu ? 'the GPU' : 'the processor'}`],
  ['binding', `${found.package} ${found.bindingVersion}`],
  ['libraries', found.source],
  ['folder', found.folder],
]
