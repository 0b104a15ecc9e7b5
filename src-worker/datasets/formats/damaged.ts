import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'

/** A file that is read, for its errors. */
export interface NamedFile {
  /** Its path; a member of an archive follows its archive. */
  readonly file: string
  /** What a person can do when it is damaged. */
  readonly advice: string
}

/** A damaged file: which, what was found, what to do. */
export const damaged = (file: string, found: string, advice: string, cause?: unknown): SpiketuneError =>
  new SpiketuneError('dataset-damaged', `${file} is damaged: ${found}. ${advice}`, { cause })

/** The same at a place in the file, counted in bytes from 0. */
export const damagedAt = ({ file, advice }: NamedFile, offset: number, found: string): SpiketuneError =>
  damaged(file, `at byte ${offset}, ${found}`, advice)
