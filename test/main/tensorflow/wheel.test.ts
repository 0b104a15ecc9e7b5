import { describe, expect, it } from 'vitest'
import { downloadText } from '../../../src-main/cli/commands/setup.ts'
import { type WheelContent, whyUnusable } from '../../../src-main/tensorflow/wheel.ts'

const wheel = (rest: Partial<WheelContent> = {}): WheelContent => ({
  name: 'tensorflow 2.21.0',
  tags: ['cp312-cp312-manylinux_2_27_x86_64'],
  cuda: true,
  python: 'cp312',
  ...rest,
})

describe('a wheel', () => {
  it.each([
    ['cpu', wheel({ name: 'tensorflow_cpu 2.21.0', cuda: false })],
    ['cpu', wheel({ name: 'tensorflow-cpu 2.21.0', python: 'cp314' })],
    ['cpu', wheel({ name: 'tensorflow_intel 2.18.0', tags: ['cp39-cp39-linux_x86_64'] })],
    ['cuda', wheel()],
    ['cuda', wheel({ cuda: null })],
  ] as const)('for %s is used: %o', (variant, content) => {
    expect(whyUnusable(content, variant, 'x64')).toBeNull()
  })

  it.each([
    ['cpu', wheel({ name: null }), /no wheel/],
    ['cpu', wheel({ name: 'torch 2.13.0' }), /holds torch 2\.13\.0/],
    ['cpu', wheel({ name: 'tensorflowjs 4.22.0' }), /holds tensorflowjs/],
    [
      'cpu',
      wheel({ tags: ['cp312-cp312-manylinux_2_27_aarch64'] }),
      /another machine.*needs a wheel for Linux on x86_64/,
    ],
    ['cpu', wheel({ tags: ['cp312-cp312-macosx_12_0_x86_64'] }), /another machine/],
    ['cpu', wheel({ tags: ['cp312-cp312-win_amd64'] }), /another machine/],
    ['cuda', wheel({ cuda: false }), /has no CUDA.*not of `tensorflow-cpu`/],
    ['cuda', wheel({ python: 'cp311' }), /another Python.*\(cp311\) must fetch/],
  ] as const)('for %s is not used: %o', (variant, content, why) => {
    expect(whyUnusable(content, variant, 'x64')).toMatch(why)
  })
})

describe('a line of pip', () => {
  it('is shown where it is a download worth waiting for', () => {
    const file = 'nvidia_cudnn_cu12-9.3.0.75-py3-none-manylinux2014_x86_64.whl'
    expect(downloadText(`Downloading ${file} (577.2 MB)`)).toBe(`${file}, 577.2 MB`)
    expect(downloadText(`Downloading https://index.example/packages/${file} (1.2 GB)`)).toBe(`${file}, 1.2 GB`)
    expect(downloadText('Downloading six-1.17.0-py2.py3-none-any.whl (11 kB)')).toBeNull()
    expect(downloadText('Collecting tensorflow')).toBeNull()
  })
})
