import type { Reproduction } from '../../../src-core/progress/reproduction.ts'
import type { StudyDefinition } from '../../../src-core/study/definition.ts'

/** Whether an exported configuration gave the same result again, as lines of text; the first of them says it all. */
export const reproductionText = (
  reproduction: Reproduction,
  { study, trial, pruned }: NonNullable<StudyDefinition['provenance']>,
): { ok: boolean; lines: string[] } | null => {
  const origin = `trial ${trial} of ${study}`
  const ending =
    pruned === undefined
      ? []
      : [`  It was pruned after epoch ${pruned.epoch + 1} there, and its training ends there again.`]
  switch (reproduction.kind) {
    case 'not-applicable':
      return null
    case 'other-dataset':
      return {
        ok: false,
        lines: [
          `Warning: this is not the dataset that ${origin} was measured on, so its result cannot be compared.`,
          `  exported: sha256 ${reproduction.exportedSha256}`,
          `  here:     sha256 ${reproduction.measuredSha256}`,
        ],
      }
    case 'compared':
      if (reproduction.reproduced) {
        const lines = [`Reproduced: all metrics and constraints equal those of ${origin} exactly.`, ...ending]
        return { ok: true, lines }
      }
      return {
        ok: false,
        lines: [
          `Warning: the result differs from that of ${origin}.`,
          ...reproduction.differences.map(
            ({ name, exported, measured }) => `  ${name}: exported ${exported}, measured ${measured ?? 'nothing'}`,
          ),
          ...ending,
          '  The same version of Spiketune gives the same result; see application under provenance in the exported file.',
        ],
      }
  }
}
