import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import envPaths from 'env-paths'
import { knownDataset } from '../../src-core/datasets/catalogue.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { loadConverted } from './converted/loadConverted.ts'
import type { LoadingProgress } from './converted/loadingProgress.ts'
import { convertibleEvents, type SampleSource } from './converted/sampleSource.ts'
import type { Dataset } from './dataset.ts'
import type { DatasetSettings, PackageFolder } from './datasetSource.ts'
import type { EventSource } from './events/eventSource.ts'
import { csvSource } from './sources/csvDataset.ts'
import { dvsGestureSource } from './sources/dvsGesture.ts'
import { heidelbergSource } from './sources/heidelberg.ts'
import { idxSource } from './sources/idxDataset.ts'
import { nmnistSource } from './sources/nmnist.ts'
import { npzSource } from './sources/npzDataset.ts'

/** The folder of what can be made anew: the one that $SPIKETUNE_CACHE names, else the user's own. */
export const cacheFolder = (environment: Readonly<Record<string, string | undefined>>): string => {
  const named = environment['SPIKETUNE_CACHE']
  return named === undefined || named === '' ? envPaths('spiketune', { suffix: '' }).cache : resolve(named)
}

/** Where datasets lie that no definition names a place for, and what is made of them. */
export interface DatasetPlaces {
  readonly packageFolder: PackageFolder
  /** Of converted datasets; all processes share it. */
  readonly cacheFolder: string
  /** What a thread runs that reads HDF5: hdf5Reader.js of the built application. */
  readonly hdf5Reader: URL
  /** The folder of the tables that come with Spiketune. */
  readonly tables: URL
}

const unobserved: LoadingProgress = () => Promise.resolve()

/** Between two looks at whether another process has converted the dataset. */
const waitMs = 100

/**
 * Opens a dataset, which is converted when nobody has done so yet.
 * @param progress told how far a conversion has come, of this process or another
 * @param isAnew reads the sources, converted or not
 * @throws {SpiketuneError} dataset-missing, dataset-damaged: which file, what was found, what to do
 */
export const loadDataset = async (
  settings: DatasetSettings,
  places: DatasetPlaces,
  progress: LoadingProgress = unobserved,
  isAnew = false,
): Promise<Dataset> => {
  const source = await sampleSource(settings, places)
  return loadConverted(source, {
    cacheFolder: places.cacheFolder,
    isAnew,
    progress,
    nowMs: Date.now,
    wait: () => setTimeout(waitMs),
  })
}

const shippedTable = (name: DatasetSettings['name'], tables: URL): SampleSource => {
  const advice = 'It belongs to Spiketune: install it anew.'
  const file = fileURLToPath(new URL(`${name}.csv`, tables))
  return { ...csvSource(file, {}, advice), name }
}

const sampleSource = async (settings: DatasetSettings, places: DatasetPlaces): Promise<SampleSource> => {
  switch (settings.name) {
    case 'mnist':
    case 'fashion-mnist':
    case 'idx':
      return idxSource(settings.name, settings.folder, places.packageFolder)
    case 'nmnist':
    case 'dvs-gesture':
    case 'shd':
    case 'ssc':
      return convertibleEvents(await eventSource(settings.name, settings.folder, places))
    case 'csv':
      return csvSource(named(settings.name, 'file', settings.file), settings)
    case 'iris':
    case 'wine':
    case 'breast-cancer':
    case 'digits':
      return shippedTable(settings.name, places.tables)
    case 'cart-pole':
    case 'mountain-car':
      throw new SpiketuneError(
        'dataset-missing',
        `${settings.name} is a control task, which is learned by acting: it has no samples to look at.`,
      )
    case 'npz':
      return npzSource(named(settings.name, 'file', settings.file), settings)
    case 'elsewhere':
      throw new SpiketuneError(
        'dataset-missing',
        'The dataset of an imported evaluation log is not here: such a study can be looked at only.',
      )
  }
}

const eventSource = (
  name: 'nmnist' | 'dvs-gesture' | 'shd' | 'ssc',
  given: string | undefined,
  { hdf5Reader, cacheFolder: cache }: DatasetPlaces,
): Promise<EventSource> => {
  const folder = named(name, 'folder', given)
  const known = knownDataset(name)
  const advice = `In ${folder} belong ${known?.files ?? 'its files'}. Get them from: ${known?.from ?? ''}`
  // Archives are unpacked where their converted form will lie.
  const temporaryFolder = join(cache, 'datasets')
  switch (name) {
    case 'nmnist':
      return nmnistSource(folder, advice, temporaryFolder)
    case 'dvs-gesture':
      return dvsGestureSource(folder, advice, temporaryFolder)
    case 'shd':
    case 'ssc':
      return heidelbergSource(name, folder, advice, hdf5Reader)
  }
}

const named = (name: string, setting: 'folder' | 'file', value: string | undefined): string => {
  if (value !== undefined) return value
  throw new SpiketuneError('dataset-missing', `The dataset \`${name}\` needs its ${setting}: \`dataset.${setting}\`.`)
}

/** Loads a dataset as `loadDataset` does, from where this process finds datasets. */
export type LoadDataset = (settings: DatasetSettings, progress?: LoadingProgress, isAnew?: boolean) => Promise<Dataset>

/** Loads datasets, and keeps the last one: the trials of a study all want the same. */
export const createDatasetCache = (
  places: Omit<DatasetPlaces, 'cacheFolder'>,
  folder = cacheFolder(process.env),
): LoadDataset => {
  let kept: { readonly key: string; readonly dataset: Dataset } | null = null
  return async (settings, progress, isAnew = false) => {
    const { name, folder: from, file, testFile, labelColumn } = settings
    const key = JSON.stringify([name, from, file, testFile, labelColumn])
    if (kept?.key === key && !isAnew) return kept.dataset
    kept = null
    const dataset = await loadDataset(settings, { ...places, cacheFolder: folder }, progress, isAnew)
    kept = { key, dataset }
    return dataset
  }
}

/**
 * Checks that a dataset is the one that a definition was exported with.
 * @throws {SpiketuneError} dataset-damaged
 */
export const checkProvenance = (dataset: Pick<Dataset, 'sha256'>, expectedSha256: string): void => {
  if (dataset.sha256 === expectedSha256) return
  throw new SpiketuneError(
    'dataset-damaged',
    `The dataset is not the one of the exported configuration: its SHA-256 is ${dataset.sha256}, that of the ` +
      `configuration ${expectedSha256}. Use the files of then, or remove \`provenance\` to train on these.`,
  )
}
