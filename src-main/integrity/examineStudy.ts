import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Damage, StudyCheck } from '../../src-core/contracts/studyCheck.ts'
import { studyPaths } from '../files/studyFolder.ts'
import { examineDatabase, type StoredNetwork } from '../storage/examineDatabase.ts'
import { explained, openConnection } from '../storage/sqlite.ts'
import { networkDamage } from './networkHash.ts'

interface Examination {
  readonly folder: string
  /** The kept networks are read, too. */
  readonly networks: boolean
}

/** Looks through a study for what is not as it was written. @throws SpiketuneError when its database cannot be opened */
export type Examine = (examination: Examination) => Promise<StudyCheck>

/** In this thread: what it takes nobody else gets. */
export const examineStudy: Examine = async ({ folder, networks: withNetworks }) => {
  const paths = studyPaths(folder)
  const { networks, ...found } = examined(paths.database)
  if (!withNetworks) return { ...found, networks: null }
  const tally = { intact: 0, unverified: 0, damaged: 0 }
  const damage: Damage[] = []
  for (const network of networks) {
    const found = await problemOf(paths.networks, network)
    // A study that runs forgets networks when others are better: first in its database, then on the disk.
    const problem = found !== null && isStillKept(paths.database, network) ? found : null
    if (found !== null && problem === null) continue
    tally[problem !== null ? 'damaged' : network.sha256 === null ? 'unverified' : 'intact']++
    if (problem !== null) damage.push({ part: 'network', trial: network.trial, message: problem })
  }
  return { ...found, networks: tally, damage: [...found.damage, ...damage] }
}

const examined = (database: string): ReturnType<typeof examineDatabase> => {
  const connection = openConnection(database, { readOnly: true, mustExist: true })
  try {
    return explained(database, () => examineDatabase(connection))
  } finally {
    connection.close()
  }
}

const isStillKept = (database: string, { trial, file }: StoredNetwork): boolean => {
  const connection = openConnection(database, { readOnly: true, mustExist: true })
  try {
    const kept = 'SELECT 1 FROM measurement WHERE trial = ? AND network_file = ?'
    return explained(database, () => connection.prepare(kept).get(trial, file)) !== undefined
  } finally {
    connection.close()
  }
}

const problemOf = async (folder: string, { file, sha256 }: StoredNetwork): Promise<string | null> => {
  const path = join(folder, file)
  if (!existsSync(path)) return `The file of its network is gone: ${file}.`
  const damage = await networkDamage(path, sha256 ?? undefined)
  return damage === null ? null : `The file of its network is damaged: ${damage}.`
}
