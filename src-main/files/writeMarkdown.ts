import { mkdir } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { explainFileError } from './fileErrors.ts'
import { writeWhole } from './writeWhole.ts'

interface MarkdownFile {
  /** The text; a number stands for the path of that figure. */
  readonly parts: readonly (string | number)[]
  /** SVG documents. */
  readonly figures: readonly string[]
}

/** A path in a link of Markdown: no sign of it is taken for the end of the link. */
const inLink = (path: readonly string[]): string =>
  path.map((part) => encodeURIComponent(part).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))).join('/')

/**
 * Writes a text with its figures in a folder beside it, named after it; the text last.
 * @throws SpiketuneError folder-not-writable or disk-full
 */
export const writeMarkdown = async (file: string, { parts, figures }: MarkdownFile): Promise<void> => {
  const folder = `${basename(file, extname(file))} figures`
  const path = join(dirname(file), folder)
  if (figures.length > 0) {
    try {
      await mkdir(path, { recursive: true })
    } catch (error) {
      throw explainFileError(error, path)
    }
  }
  for (const [place, svg] of figures.entries()) await writeWhole(join(path, nameOf(place)), svg)
  await writeWhole(
    file,
    parts.map((part) => (typeof part === 'string' ? part : inLink([folder, nameOf(part)]))).join(''),
  )
}

const nameOf = (place: number): string => `figure-${place + 1}.svg`
