/** A report as Markdown, with its figures as files beside it. */
import type { ReportBlock, ReportDocument } from './reportDocument.ts'

interface MarkdownReport {
  /** The text in parts; a number stands for the place of that figure, which whoever writes the files decides. */
  readonly parts: readonly (string | number)[]
  readonly figures: readonly string[]
}

/** Nothing that a study holds is taken for markup. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&').replace(/\s*\n\s*/g, ' ')

/** A fence that is longer than any within. */
const fenceOf = (text: string): string =>
  '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))

const row = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`

export const reportMarkdown = ({ title, about, sections }: ReportDocument): MarkdownReport => {
  const figures: string[] = []
  const parts: (string | number)[] = [`# ${plain(title)}\n\n${plain(about)}\n`]
  const blockText = (block: Exclude<ReportBlock, { kind: 'figure' }>): string => {
    switch (block.kind) {
      case 'text':
        return plain(block.text)
      case 'facts':
        return block.entries.map(([term, value]) => `- **${plain(term)}**: ${plain(value)}`).join('\n')
      case 'table':
        return [
          row(block.head),
          `| --- |${' ---: |'.repeat(Math.max(0, block.head.length - 1))}`,
          ...block.rows.map(row),
        ].join('\n')
      case 'list':
        return [`**${plain(block.title)}**`, '', ...block.items.map((item) => `- ${plain(item)}`)].join('\n')
      case 'code':
        return `${fenceOf(block.text)}\n${block.text.replace(/\n$/, '')}\n${fenceOf(block.text)}`
    }
  }
  for (const { title: heading, blocks } of sections) {
    parts.push(`\n## ${plain(heading)}\n`)
    for (const block of blocks) {
      if (block.kind !== 'figure') {
        parts.push(`\n${blockText(block)}\n`)
        continue
      }
      parts.push(`\n![${plain(block.title)}](`, figures.length)
      figures.push(block.svg)
      parts.push(`)\n\n**Figure ${figures.length}. ${plain(block.title)}.** ${plain(block.caption)}\n`)
    }
  }
  return { parts, figures }
}
