import { homedir } from 'node:os'
import { dirname } from 'node:path'
import type { WrittenDefinition } from '../../src-core/contracts/window/setupCalls.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { decodeDefinition } from '../../src-core/study/decodeDefinition.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { DefinitionError } from '../../src-core/study/definitionError.ts'
import { datasetPlaces, locateDataset } from '../studies/definitionSources.ts'
import type { NamedPlaces } from './namedPlaces.ts'

/**
 * Definitions that a page sends. A text can name any folder, whoever typed it; so the dataset of one is read only at places
 * that a person named, and for others the main process asks in a dialog of its own.
 */
export class WrittenDefinitions {
  readonly #places: NamedPlaces
  readonly #ask: (paths: readonly string[]) => Promise<boolean>
  #asking = false

  /** @param ask asks a person whether files may be read at these places */
  constructor(places: NamedPlaces, ask: (paths: readonly string[]) => Promise<boolean>) {
    this.#places = places
    this.#ask = ask
  }

  /** A definition whose dataset nobody reads now. A relative place counts from the file that it is from, else from home. */
  decode({ yaml, origin }: WrittenDefinition): StudyDefinition {
    const base = origin === null ? homedir() : dirname(this.#places.pathOf(origin))
    return locateDataset(decodeDefinition(yaml, 'The definition'), base)
  }

  /** One whose dataset is read, without asking. @throws SpiketuneError definition-invalid, place-not-chosen */
  decodeNamed(written: WrittenDefinition): StudyDefinition {
    const definition = this.decode(written)
    this.#checkNamed(definition)
    return definition
  }

  /** One whose dataset is read; a person is asked where it must be. @throws as `decodeNamed` */
  async decodeAsking(written: WrittenDefinition): Promise<StudyDefinition> {
    const definition = this.decode(written)
    await this.#askFor(definition)
    this.#checkNamed(definition)
    return definition
  }

  /** Whether its dataset may be read now, after asking where that must be. @throws SpiketuneError definition-invalid */
  allow(written: WrittenDefinition): Promise<boolean> {
    return this.#askFor(this.decode(written))
  }

  /** A file that a person opened names its places by that. @returns its token; a wrong definition names none */
  nameFile(path: string, yaml: string): string {
    const origin = this.#places.name(path)
    try {
      this.nameAll(this.decode({ yaml, origin }))
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error
    }
    return origin
  }

  /** The places of a definition that a person opened with its study. */
  nameAll(definition: StudyDefinition): void {
    for (const path of datasetPlaces(definition)) this.#places.name(path)
  }

  #unnamed(definition: StudyDefinition): string[] {
    return datasetPlaces(definition).filter((path) => !this.#places.isNamed(path))
  }

  #checkNamed(definition: StudyDefinition): void {
    const unnamed = this.#unnamed(definition)
    if (unnamed.length === 0) return
    throw new SpiketuneError(
      'place-not-chosen',
      `${unnamed.join(' and ')} ${unnamed.length === 1 ? 'was' : 'were'} typed, not chosen. Nothing is read there before you allow it: press “Use as typed…” beside it.`,
    )
  }

  /** One dialog at a time, however often a page asks. */
  async #askFor(definition: StudyDefinition): Promise<boolean> {
    const unnamed = this.#unnamed(definition)
    if (unnamed.length === 0) return true
    if (this.#asking) return false
    this.#asking = true
    try {
      if (!(await this.#ask(unnamed))) return false
    } finally {
      this.#asking = false
    }
    this.nameAll(definition)
    return true
  }
}
