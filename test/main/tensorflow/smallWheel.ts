/**
 * Wheels of a TensorFlow that is small enough to be made here: its libraries are real shared libraries, which export one
 * function of TensorFlow's C interface. The real one is gigabytes of another registry; the contract of kernels in test/worker runs
 * on it where a person has set it up.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const smallVersion = '2.99.0'

export interface SmallWheel {
  /** As `tensorflow` or `tensorflow_cpu`. */
  readonly name: string
  readonly cuda: boolean
  /** C++ of the library, which is to define TF_Version. */
  readonly library?: string
  /** Its header of the C interface. */
  readonly header?: string
  /** Of the machine it is for; this one by default. */
  readonly platform?: string
}

const wholeHeader = '#pragma once\nextern "C" const char* TF_Version();\n'
const whole = `extern "C" const char* TF_Version() { return "${smallVersion}"; }\n`

/** A library whose process dies as it does on a processor without the instructions that it was built for. */
export const dyingLibrary = `#include <cstdlib>\n${whole}__attribute__((constructor)) static void start() { abort(); }\n`

/** @returns the path of the .whl file */
export const makeWheel = (folder: string, wheel: SmallWheel): string => {
  const { name, cuda, library = whole, header = wholeHeader, platform } = wheel
  const content = mkdtempSync(join(folder, 'content-'))
  const tensorflow = join(content, 'tensorflow')
  write(join(tensorflow, 'include', 'tensorflow', 'c', 'c_api.h'), header)
  const buildInfo = `build_info = collections.OrderedDict([('is_cuda_build', ${cuda ? 'True' : 'False'})])\n`
  write(join(tensorflow, 'python', 'platform', 'build_info.py'), buildInfo)
  const needed = cuda ? makeNvidiaWheel(folder) : []
  compile(join(tensorflow, 'libtensorflow_cc.so.2'), library, needed)
  compile(join(tensorflow, 'libtensorflow_framework.so.2'), 'extern "C" void TF_Framework() {}\n', [])
  const extra = 'Provides-Extra: and-cuda\nRequires-Dist: nvidia-small; extra == "and-cuda"\n'
  return pack(folder, content, name, cuda ? extra : '', platform)
}

/** The package with "CUDA": a library that TensorFlow's own needs, and that only its folder has. */
const makeNvidiaWheel = (folder: string): string[] => {
  const content = mkdtempSync(join(folder, 'content-'))
  const library = join(content, 'nvidia', 'small', 'lib', 'libsmallcuda.so')
  compile(library, 'extern "C" int smallCuda() { return 1; }\n', [])
  pack(folder, content, 'nvidia_small', '')
  return [library]
}

const compile = (file: string, source: string, needed: readonly string[]): void => {
  mkdirSync(dirname(file), { recursive: true })
  // `-Wl,--no-as-needed`: the library is needed although nothing of it is called.
  const words = ['-shared', '-fPIC', '-o', file, '-x', 'c++', '-', '-x', 'none', '-Wl,--no-as-needed', ...needed]
  const soname = file.slice(file.lastIndexOf('/') + 1)
  execFileSync('g++', [...words, `-Wl,-soname,${soname}`], { input: source })
}

const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64'

const pack = (folder: string, content: string, name: string, metadata: string, platform?: string): string => {
  const tag = `py3-none-${platform ?? `manylinux_2_17_${machine}`}`
  const about = `${name}-${smallVersion}.dist-info`
  const plain = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${smallVersion}\n${metadata}`
  write(join(content, about, 'METADATA'), plain)
  write(join(content, about, 'WHEEL'), `Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: ${tag}\n`)
  write(join(content, about, 'RECORD'), '')
  const file = join(folder, `${name}-${smallVersion}-${tag}.whl`)
  const program = "import shutil, sys; shutil.move(shutil.make_archive(sys.argv[1], 'zip', sys.argv[2]), sys.argv[1])"
  execFileSync('python3', ['-c', program, file, content])
  return file
}

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
