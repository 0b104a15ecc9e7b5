import type { Reproduction } from '../../../src-core/progress/reproduction.ts'

/** Whether an exported configuration gave the same result again, as lines of text; the first of them says it all. */
export function reproductionText(reproduction: Reproduction, origin: string): { ok: boolean; lines: string[] } | null {
  switch (reproduction.kind) {
    case 'not-applicable':
      return null
    case 'other-dataset':
      return {
        ok: false,
        lines: [
          `Warning: this is not the dataset that ${origin} was measured on, so its accuracy cannot be compared.`,
          `  exported: sha256 ${reproduction.exportedSha256}`,
          `  here:     sha256 ${reproduction.measuredSha256}`,
        ],
      }
    case 'compared':
      if (reproduction.reproduced) {
        return { ok: true, lines: [`Reproduced: accuracy and constraints equal those of ${origin} exactly.`] }
      }
      return {
        ok: false,
        lines: [
          `Warning: the result differs from that of ${origin}.`,
          ...reproduction.differences.map(
            ({ name, exported, measured }) => `  ${name}: exported ${exported}, measured ${measured ?? 'nothing'}`,
          ),
          '  The same version of Spiketune gives the same result; see application under provenance in the exported file.',
        ],
      }
  }
}
