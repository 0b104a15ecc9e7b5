/** Where a study goes whose own folder is gone while it is open: what SQLite still has open is copied, and used from then on. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type Connection, explained } from './sqlite.ts'

/** A folder that a copy was put into. */
export interface RefugePaths {
  readonly folder: string
  readonly database: string
  readonly networks: string
}

export interface Refuge {
  /**
   * Makes a study folder elsewhere.
   * @param source the definition as it was given
   * @param save writes the database to a path
   * @throws when there is no place for it
   */
  make(source: string, save: (file: string) => void): RefugePaths
}

/** Copies what a connection has open, whatever became of its file. @throws SpiketuneError study-gone, when that is not possible */
export const takeRefuge = (connection: Connection, refuge: Refuge, gone: SpiketuneError): RefugePaths => {
  try {
    const source = z.string().parse(connection.prepare('SELECT source FROM study').pluck().get())
    return refuge.make(source, (file) => {
      explained(file, () => connection.prepare('VACUUM INTO ?').run(file))
    })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new SpiketuneError('study-gone', `${gone.message} No copy of it could be made: ${why}`, { cause: error })
  }
}

const keptSchema = z.array(z.object({ trial: z.int(), file: z.string() }))

/** Trials whose networks were not copied. */
export const lostNetworks = (connection: Connection, networks: string): number[] => {
  const kept = connection
    .prepare('SELECT trial, network_file AS file FROM measurement WHERE network_file IS NOT NULL')
    .all()
  return keptSchema
    .parse(kept)
    .filter(({ file }) => !existsSync(join(networks, file)))
    .map(({ trial }) => trial)
}
