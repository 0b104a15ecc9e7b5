import { homedir } from 'node:os'
import { dirname } from 'node:path'
import type { WrittenDefinition } from '../../src-core/contracts/window/setupCalls.ts'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import type { DefinitionDecoder } from '../studies/definitionDecoder.ts'
import { datasetPlaces, locateFiles } from '../studies/definitionSources.ts'
import type { NamedPlaces } from './namedPlaces.ts'

/**
 * Definitions that a page sends. A text can name any folder, whoever typed it; so the dataset of one is read only at places
 * that a person named, and for others the main process asks in a dialog of its own.
 */
export class WrittenDefinitions {
  readonly #places: NamedPlaces
  readonly #ask: (paths: readonly string[]) => Promise<boolean>
  readonly #decode: DefinitionDecoder
  #asking = false

  /** @param ask asks a person whether files may be read at these places */
  constructor(places: NamedPlaces, ask: (paths: readonly string[]) => Promise<boolean>, decode: DefinitionDecoder) {
    this.#places = places
    this.#ask = ask
    this.#decode = decode
  }

  /** A definition whose dataset nobody reads now. A relative place counts from the file that it is from, else from home. */
  async decode({ yaml, origin }: WrittenDefinition): Promise<StudyDefinition> {
    const base = origin === null ? homedir() : dirname(this.#places.pathOf(origin))
    return locateFiles(await this.#decode(yaml, 'The definition'), base)
  }

  /** One whose dataset is read, without asking. @throws SpiketuneError definition-invalid, place-not-chosen */
  async decodeNamed(written: WrittenDefinition): Promise<StudyDefinition> {
    const definition = await this.decode(written)
    this.#checkNamed(definition)
    return definition
  }

  /** One whose dataset is read; a person is asked where it must be. @throws as `decodeNamed` */
  async decodeAsking(written: WrittenDefinition): Promise<StudyDefinition> {
    const definition = await this.decode(written)
    await this.#askFor(definition)
    this.#checkNamed(definition)
    return definition
  }

  /** Whether its dataset may be read now, after asking where that must be. @throws SpiketuneError definition-invalid */
  async allow(written: WrittenDefinition): Promise<boolean> {
    return this.#askFor(await this.decode(written))
  }

  /** A file that a person opened names its places by that. @returns its token; a wrong definition names none */
  async nameFile(path: string, yaml: string): Promise<string> {
    const origin = this.#places.name(path)
    try {
      this.nameAll(await this.decode({ yaml, origin }))
    } catch (error) {
      if (!(error instanceof SpiketuneError && error.code === 'definition-invalid')) throw error
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
