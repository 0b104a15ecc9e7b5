import { randomUUID } from 'node:crypto'
import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import { type NamedPlace, placesKept } from './storedSettings.ts'

/**
 * The files and folders that a person named: chosen in a dialog, dropped, agreed to, or named by a definition or a study that
 * was opened. Nothing else is read for a page, which speaks of files by tokens and never learns how to make one. Kept
 * between runs, since a draft outlives the window. (docs/adr/0015)
 */
export class NamedPlaces {
  readonly #keep: (places: readonly NamedPlace[]) => void
  #places: readonly NamedPlace[]

  /** @param keep stores them, the latest first */
  constructor(places: readonly NamedPlace[], keep: (places: readonly NamedPlace[]) => void) {
    this.#places = places
    this.#keep = keep
  }

  /** Takes a place for named from now on. @param path absolute @returns its token */
  name(path: string): string {
    const known = this.#places.find((place) => place.path === path)
    if (known !== undefined) return known.token
    const token = randomUUID()
    this.#places = [{ token, path }, ...this.#places].slice(0, placesKept)
    this.#keep(this.#places)
    return token
  }

  isNamed(path: string): boolean {
    return this.#places.some((place) => place.path === path)
  }

  /** @throws SpiketuneError place-not-chosen */
  pathOf(token: string): string {
    const known = this.#places.find((place) => place.token === token)
    if (known === undefined) {
      throw new SpiketuneError(
        'place-not-chosen',
        'This file is not known any more. Choose it again, or drop it again.',
      )
    }
    return known.path
  }
}
