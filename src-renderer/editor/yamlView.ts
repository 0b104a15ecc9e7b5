/** The YAML text as an editor, on CodeMirror, with what is wrong at its place. */
import { defaultKeymap, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import type { Extension, Text } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { LocatedProblem } from '../../src-core/study/definitionError.ts'
import { problemText } from './sections.ts'

/** Colours are those of styles/tokens.css, which reach into the shadow root as custom properties. */
const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '12px' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface)',
    color: 'var(--text-muted)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine': { backgroundColor: 'var(--hover)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
  '.cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
  '.cm-tooltip': {
    maxWidth: '44ch',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--text)',
    fontFamily: 'var(--font)',
  },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--bad)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad)',
    textUnderlineOffset: '3px',
  },
  '.cm-lintPoint-error:after': { borderBottomColor: 'var(--bad)' },
})

const highlighting = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: 'var(--accent)' },
  { tag: tags.comment, color: 'var(--text-muted)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: 'var(--text-muted)' },
])

export const yamlExtensions = (label: string): Extension => [
  lineNumbers(),
  lintGutter(),
  EditorView.lineWrapping,
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  highlightActiveLine(),
  yaml(),
  syntaxHighlighting(highlighting),
  theme,
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
  // Tab leaves the text only after Escape, as everywhere in CodeMirror.
  keymap.of([...lintKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
]

/** From where a problem is to the end of the value or key that it is about. */
const diagnosticOf = (text: Text, problem: LocatedProblem): Diagnostic => {
  const line = text.line(Math.min(problem.line, text.lines))
  const from = Math.min(line.from + problem.column - 1, line.to)
  const [token = ''] = /^("[^"]*"|[^\s,}\]#:]+)/.exec(line.text.slice(from - line.from)) ?? []
  return {
    from,
    to: from + token.length,
    severity: 'error',
    message: `${problem.path}\n${problemText(problem)}`.trim(),
  }
}

/** Marks what is wrong, in the text and beside it. */
export const showProblems = (view: EditorView, problems: readonly LocatedProblem[]): void => {
  const { doc } = view.state
  view.dispatch(
    setDiagnostics(
      view.state,
      problems.map((problem) => diagnosticOf(doc, problem)),
    ),
  )
}
