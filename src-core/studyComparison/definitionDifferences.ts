/** In what the definitions of several studies differ, and which of them are the same but for their seeds. */
import { z } from 'zod'
import type { StudyDefinition } from '../study/definition.ts'
import { definitionLeaves } from '../study/definitionLeaves.ts'
import { readonlySchema } from '../values/deepReadonly.ts'

export const definitionDifferencesSchema = readonlySchema(
  z.array(
    z.strictObject({
      /** Part of the definition: "optimiser", "space". */
      section: z.string(),
      rows: z.array(
        z.strictObject({
          /** In its section: "type", "tauMembraneMs.high"; empty where the part is one value. */
          path: z.string(),
          /** One for each study; null: not set. */
          values: z.array(z.string().nullable()),
        }),
      ),
    }),
  ),
)
type DefinitionDifferences = z.infer<typeof definitionDifferencesSchema>

/** What names a study, and what it says of itself, decides nothing. */
const names: ReadonlySet<string> = new Set(['version', 'name', 'description', 'provenance'])
/** Nor does what is kept, or told of it; and studies with other seeds are repetitions of each other. */
const indifferent: ReadonlySet<string> = new Set([...names, 'seeds', 'hooks', 'keepNetworks'])

const sectionOf = (path: string): string => /^[^.[]*/.exec(path)?.[0] ?? path

/** Values longer than this are shown by their beginning. */
const longest = 200

const shortened = (text: string | undefined): string | null =>
  text === undefined ? null : text.length > longest ? `${text.slice(0, longest)}…` : text

/** A part with more that differs, such as one that holds networks, is shown by its first rows. */
const rowsAtMost = 100

/** Only what is not the same in all of them. */
export const definitionDifferences = (definitions: readonly StudyDefinition[]): DefinitionDifferences => {
  const leaves = definitions.map((definition) => definitionLeaves(definition))
  const paths = new Set(leaves.flatMap((one) => [...one.keys()]))
  const sections = new Map<string, { path: string; values: (string | null)[] }[]>()
  for (const path of paths) {
    const section = sectionOf(path)
    if (names.has(section)) continue
    const texts = leaves.map((one) => one.get(path))
    if (texts.every((text) => text === texts[0])) continue
    const rows = sections.get(section) ?? []
    sections.set(section, rows)
    const inSection = path.slice(section.length).replace(/^\./, '')
    if (rows.length < rowsAtMost) rows.push({ path: inSection, values: texts.map(shortened) })
  }
  return [...sections].map(([section, rows]) => ({ section, rows }))
}

/** The same for studies that differ in their seeds alone. */
export const searchIdentity = (definition: StudyDefinition): string =>
  JSON.stringify(
    [...definitionLeaves(definition)]
      .filter(([path]) => !indifferent.has(sectionOf(path)))
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  )

/**
 * Why values of these studies cannot be put beside each other, or only with care, a sentence each.
 * @param differences of definitions of the same objective
 */
export const comparabilityWarnings = (differences: DefinitionDifferences): string[] => {
  const has = (section: string, only: (path: string) => boolean = () => true): boolean =>
    differences.some((one) => one.section === section && one.rows.some(({ path }) => only(path)))
  return [
    ...(has('dataset')
      ? [
          'They are of different datasets, so their values cannot be compared: what stands side by side are different tasks.',
        ]
      : []),
    ...(has('objective', (path) => path === 'split')
      ? ['Their objectives are measured on different samples (validation, test), so their values cannot be compared.']
      : []),
    ...(has('silence') || has('constraints')
      ? ['What counts as feasible is not the same in all of them: silence or constraints differ.']
      : []),
    ...(has('replicates')
      ? ['Some values are means of replicates, others are of single trainings, of which the best is partly luck.']
      : []),
    ...(has('seeds', (path) => path === 'split')
      ? ['Their seeds of the split differ: their values are measured on different validation samples.']
      : []),
    ...(has('workers')
      ? [
          'They ran with different numbers of workers, which wall time depends on, and what an optimiser knows when it is asked.',
        ]
      : []),
  ]
}
