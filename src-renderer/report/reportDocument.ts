/** What a report consists of, before it is HTML or Markdown. Texts are plain: whoever writes them escapes them. */

export interface ReportFigure {
  readonly title: string
  readonly caption: string
  /** A plain drawing without an XML declaration. */
  readonly svg: string
}

interface ReportTable {
  readonly kind: 'table'
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export type ReportBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly entries: readonly (readonly [term: string, value: string])[] }
  | ReportTable
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
  | ({ readonly kind: 'figure' } & ReportFigure)

interface ReportSection {
  readonly title: string
  readonly blocks: readonly ReportBlock[]
}

export interface ReportDocument {
  readonly title: string
  /** Below the title. */
  readonly about: string
  readonly sections: readonly ReportSection[]
}

export const text = (words: string): ReportBlock => ({ kind: 'text', text: words })
export const facts = (entries: readonly (readonly [string, string])[]): ReportBlock => ({ kind: 'facts', entries })
export const figure = (one: ReportFigure): ReportBlock => ({ kind: 'figure', ...one })
