/** The definition that is being edited: one YAML text with one history, whether forms or the text itself are edited. */
import { history, redo, redoDepth, undo, undoDepth } from '@codemirror/commands'
import { EditorState, type Extension, StateEffect, Transaction, type TransactionSpec } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { decodeDefinition } from '../../src-core/study/decodeDefinition.ts'
import type { StudyDefinition } from '../../src-core/study/definition.ts'
import { DefinitionError, type LocatedProblem, type Path } from '../../src-core/study/definitionError.ts'
import { editYaml, sourceAt, typeIntoYaml, type YamlValue } from '../../src-core/study/editYaml.ts'
import { renameLayer } from '../../src-core/study/renameLayer.ts'
import { upgradeYaml } from '../../src-core/study/upgradeYaml.ts'
import { editableYaml } from '../../src-core/study/yamlSource.ts'
import { schemaOrder } from './formFields.ts'

/** The one stretch in which two texts differ, so that a cursor and a history elsewhere in the text stay. */
export const changeBetween = (before: string, after: string): { from: number; to: number; insert: string } => {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from++
  let same = 0
  while (same < shorter - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same++
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) }
}

interface Decoded {
  /** Null: there are problems. */
  readonly definition: StudyDefinition | null
  readonly problems: readonly LocatedProblem[]
  readonly more: number
}

const decode = (text: string): Decoded => {
  try {
    return { definition: decodeDefinition(text, 'The definition'), problems: [], more: 0 }
  } catch (error) {
    if (error instanceof DefinitionError) return { definition: null, problems: error.problems, more: error.more }
    throw error
  }
}

export class DefinitionText {
  #state = $state.raw<EditorState>(EditorState.create())
  #view: EditorView | null = null
  readonly text = $derived(this.#state.doc.toString())
  readonly #parsed = $derived(editableYaml(this.text))
  readonly #decoded = $derived(decode(this.text))
  /** The last text that could be read as YAML; forms show it while the text cannot. */
  #readable: unknown = {}
  readonly readable = $derived(this.#parsed !== null)
  /** The definition as it stands in the text, right or wrong. */
  readonly value: unknown = $derived.by(() => {
    if (this.#parsed !== null) this.#readable = this.#parsed.toJS() as unknown
    return this.#readable
  })
  readonly canUndo = $derived(undoDepth(this.#state) > 0)
  readonly canRedo = $derived(redoDepth(this.#state) > 0)

  constructor(text: string) {
    this.#state = EditorState.create({ doc: upgradeYaml(text, schemaOrder), extensions: [history()] })
  }

  get definition(): StudyDefinition | null {
    return this.#decoded.definition
  }

  /** The first of them. */
  get problems(): readonly LocatedProblem[] {
    return this.#decoded.problems
  }

  get problemCount(): number {
    return this.#decoded.problems.length + this.#decoded.more
  }

  /** There are more than the first that are shown. */
  get problemsLeftOut(): boolean {
    return this.#decoded.more > 0
  }

  /** What stands at a path as it is written, such as `1e-4`; empty: nothing. */
  source(path: Path): string {
    return this.#parsed === null ? '' : (sourceAt(this.#parsed, path) ?? '')
  }

  has(path: Path): boolean {
    return this.#parsed?.hasIn(path) ?? false
  }

  /** Puts another value at a path; undefined takes it out. */
  set(path: Path, value: YamlValue | undefined): void {
    this.#replace(editYaml(this.text, path, value, schemaOrder), 'set')
  }

  /** Several changes at once, which are undone at once. */
  setAll(changes: readonly (readonly [path: Path, value: YamlValue | undefined])[]): void {
    const text = changes.reduce<string | null>(
      (before, [path, value]) => (before === null ? null : editYaml(before, path, value, schemaOrder)),
      this.text,
    )
    this.#replace(text, 'set')
  }

  /** Puts what a person types at a path, right or wrong; nothing takes it out. */
  type(path: Path, typed: string): void {
    this.#replace(typeIntoYaml(this.text, path, typed, schemaOrder), 'type')
  }

  /** Gives a layer another name, and its hyperparameters and its watch with it; what cannot go along is only typed. */
  renameLayer(index: number, name: string): void {
    const path = ['network', 'layers', index, 'name']
    this.#replace(renameLayer(this.text, index, name) ?? typeIntoYaml(this.text, path, name, schemaOrder), 'set')
  }

  undo(): void {
    undo({ state: this.#state, dispatch: (transaction) => this.#dispatch(transaction) })
  }

  redo(): void {
    redo({ state: this.#state, dispatch: (transaction) => this.#dispatch(transaction) })
  }

  /**
   * Shows the text in an editor. Returns what detaches it.
   * @param make makes the view of a state; its transactions go to `apply`
   */
  attach(
    extensions: Extension,
    make: (state: EditorState, apply: (view: EditorView, transactions: readonly Transaction[]) => void) => EditorView,
  ): () => void {
    this.#configure([history(), extensions])
    const view = make(this.#state, (shown, transactions) => {
      shown.update(transactions)
      this.#state = shown.state
    })
    this.#view = view
    return () => {
      this.#view = null
      this.#configure(history())
      view.destroy()
    }
  }

  /** Brings a place of the text into sight where an editor shows it. @param entered with the cursor and the focus there */
  showPlace({ line, column }: Pick<LocatedProblem, 'line' | 'column'>, entered = false): void {
    const view = this.#view
    if (view === null) return
    const { from, to } = view.state.doc.line(Math.min(line, view.state.doc.lines))
    const anchor = Math.min(from + column - 1, to)
    view.dispatch({
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      ...(entered ? { selection: { anchor } } : {}),
    })
    if (entered) view.focus()
  }

  /** The history is part of the state, and stays with it. */
  #configure(extensions: Extension): void {
    this.#state = this.#state.update({ effects: StateEffect.reconfigure.of(extensions) }).state
  }

  #replace(text: string | null, event: string): void {
    if (text === null || text === this.text) return
    const spec: TransactionSpec = {
      changes: changeBetween(this.text, text),
      annotations: Transaction.userEvent.of(`input.${event}`),
    }
    this.#dispatch(this.#state.update(spec))
  }

  #dispatch(transaction: Transaction): void {
    if (this.#view === null) this.#state = transaction.state
    else this.#view.dispatch(transaction)
  }
}
