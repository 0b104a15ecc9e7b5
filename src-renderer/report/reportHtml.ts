/** A report as one HTML document that needs nothing else, for reading, keeping and printing. */
import { reportStart } from '../../src-core/contracts/window/savedFiles.ts'
import type { ReportBlock, ReportDocument } from './reportDocument.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)

const style = `
  @page { size: A4; margin: 16mm; }
  body { max-width: 900px; margin: 24px auto; padding: 0 16px; color: #1a2028; background: #fff; font: 13px/1.5 system-ui, sans-serif; }
  h1 { margin: 0; font-size: 24px; } h2 { margin: 28px 0 8px; padding-top: 4px; border-top: 1px solid #d9dde3; font-size: 16px; break-after: avoid; }
  h3 { margin: 12px 0 4px; font-size: 13px; break-after: avoid; }
  p { max-width: 75ch; } li { break-inside: avoid; }
  table { width: 100%; border-collapse: collapse; font-size: 11px; } th, td { padding: 3px 6px; border-bottom: 1px solid #d9dde3; text-align: right; overflow-wrap: anywhere; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
  th:first-child, td:first-child { text-align: left; } dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; } dt { color: #586270; } dd { margin: 0; overflow-wrap: anywhere; }
  figure { margin: 16px 0; break-inside: avoid; } figure svg { display: block; max-width: 100%; height: auto; } figcaption { margin-top: 4px; color: #3d4652; font-size: 12px; }
  pre { padding: 12px; background: #f4f5f7; font-size: 10px; white-space: pre-wrap; overflow-wrap: anywhere; } .muted { color: #586270; }
`

const tableHtml = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${head.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`

/** The whole document. Everything that comes from a study is escaped; the figures are SVG of this application's own drawing. */
export const reportHtml = ({ title, about, sections }: ReportDocument): string => {
  let figures = 0
  const blockHtml = (block: ReportBlock): string => {
    switch (block.kind) {
      case 'text':
        return `<p>${escapeHtml(block.text)}</p>`
      case 'facts':
        return `<dl>${block.entries.map(([term, value]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`
      case 'table':
        return tableHtml(block.head, block.rows)
      case 'list':
        return `<p><strong>${escapeHtml(block.title)}</strong></p><ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`
      case 'code':
        return `<pre>${escapeHtml(block.text)}</pre>`
      case 'figure':
        figures += 1
        return `<figure>${block.svg}<figcaption><strong>Figure ${figures}. ${escapeHtml(block.title)}.</strong> ${escapeHtml(block.caption)}</figcaption></figure>`
    }
  }
  const body = sections.map(
    ({ title: heading, blocks }) =>
      `<section><h2>${escapeHtml(heading)}</h2>${blocks.map(blockHtml).join('\n')}</section>`,
  )
  return `${reportStart}<title>${escapeHtml(title)} – Spiketune</title><style>${style}</style></head><body>
<h1>${escapeHtml(title)}</h1><p class="muted">${escapeHtml(about)}</p>
${body.join('\n')}
</body></html>
`
}
