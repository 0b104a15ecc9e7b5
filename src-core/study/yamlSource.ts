/** YAML text as a value, with the place in the text of everything in it. JSON is YAML. */
import { Composer, isMap, isScalar, isSeq, LineCounter, Parser, visit } from 'yaml'
import type { CST, Document, Node, Pair } from 'yaml'
import { DefinitionError, pathText } from './definitionError.ts'
import type { LocatedProblem, Path, Problem } from './definitionError.ts'

/** A definition has a few hundred lines and a depth of five; what is far beyond is no definition, and costs time to read. */
const longestText = 1024 * 1024
const deepestNesting = 100

export interface YamlSource {
  readonly value: unknown
  /** Keys that appear twice: wrong, but everything else can still be checked. */
  readonly problems: readonly LocatedProblem[]
  locate(problem: Problem): LocatedProblem
}

/**
 * Parses one YAML document. Aliases are refused: nothing in a definition needs them, and few of them can stand for
 * billions of values.
 * @throws {DefinitionError} when there is no such document
 */
export function parseYaml(text: string, source: string): YamlSource {
  const lineCounter = new LineCounter()
  const place = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const problemAt = (offset: number, found: string, allowed: string, path = ''): LocatedProblem => ({
    ...place(offset),
    path,
    found,
    allowed,
  })
  const refuse = (...problems: readonly LocatedProblem[]) => new DefinitionError(source, problems)

  if (text.length > longestText) {
    throw refuse(problemAt(0, `${text.length} characters`, `a definition of at most ${longestText}`))
  }
  const tokens = [...new Parser(lineCounter.addNewLine).parse(text)]
  if (nesting(tokens) > deepestNesting) throw refuse(problemAt(0, 'values nested too deeply', 'a definition'))
  const [document, second] = [...new Composer({ prettyErrors: false }).compose(tokens, true, text.length)]
  if (!document?.contents || isEmpty(document.contents)) throw refuse(problemAt(0, 'nothing', 'a definition'))
  if (second) throw refuse(problemAt(second.range[0], 'a second document', 'one definition in a file'))

  const twice = document.errors.filter((error) => error.code === 'DUPLICATE_KEY')
  const broken = [...document.errors, ...document.warnings].filter((error) => error.code !== 'DUPLICATE_KEY')
  if (broken.length > 0) {
    throw refuse(...broken.map(({ pos, message }) => problemAt(pos[0], `what is no YAML (${message})`, 'YAML')))
  }
  const strange = strangeNodes(document).map(([offset, found, allowed]) => problemAt(offset, found, allowed))
  if (strange.length > 0) throw refuse(...strange)
  return {
    value: document.toJS(),
    problems: twice.map(({ pos }) =>
      problemAt(pos[0], 'a key for the second time', 'each key once', keyAt(text, pos[0])),
    ),
    locate: ({ path, at, found, allowed }) => problemAt(offsetOf(document, path, at), found, allowed, pathText(path)),
  }
}

/** Depth of the values in each other; without recursion, which a hostile text could exhaust. */
function nesting(tokens: readonly CST.Token[]): number {
  const open = tokens.map((token) => ({ token, depth: 1 }))
  let deepest = 0
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next
    deepest = Math.max(deepest, depth)
    const inside = 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : []
    if (token.type === 'document') inside.push(token.value)
    for (const inner of inside) if (inner) open.push({ token: inner, depth: depth + 1 })
  }
  return deepest
}

function strangeNodes(document: Document): (readonly [offset: number, found: string, allowed: string])[] {
  const strange: (readonly [number, string, string])[] = []
  visit(document, {
    Alias: (_, alias) => {
      strange.push([alias.range?.[0] ?? 0, `the alias *${alias.source}`, 'the value itself'])
    },
    Pair: (_, { key }) => {
      const offset = startOf(key) ?? 0
      if (!isScalar(key)) strange.push([offset, 'a list or a map as a key', 'text'])
      else if (key.value === '__proto__') strange.push([offset, 'the key __proto__', 'another'])
    },
  })
  return strange
}

/** Where the value of a path begins, or its key; where there is none, the nearest thing around it. */
function offsetOf(document: Document, path: Path, at: Problem['at']): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const [index, part] of path.entries()) {
    const pair: Pair | undefined = isMap(node) ? node.items.find(({ key }) => keyText(key) === String(part)) : undefined
    const inner: unknown = isSeq(node) && typeof part === 'number' ? node.items[part] : pair?.value
    const keyStart = startOf(pair?.key)
    if (index === path.length - 1 && at === 'key' && keyStart !== null) return keyStart
    const start = (isEmpty(inner) ? null : startOf(inner)) ?? keyStart
    if (start === null) break
    offset = start
    node = inner
  }
  return offset
}

const keyText = (key: unknown): string => (isScalar(key) ? String(key.value) : '')
/** Such as `key:` without a value, which stands somewhere behind the colon: better to point at the key. */
const isEmpty = (node: unknown): boolean => isScalar(node) && node.value === null
const startOf = (node: unknown): number | null => (node as Node | null | undefined)?.range?.[0] ?? null
const keyAt = (text: string, offset: number): string => /^[\w.-]*/.exec(text.slice(offset, offset + 64))?.[0] ?? ''
