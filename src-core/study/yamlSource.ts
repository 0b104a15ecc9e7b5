/** YAML text as a value, with the place in the text of everything in it. JSON is YAML. */
import {
  Composer,
  type CST,
  Document,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  visit,
  type YAMLMap,
} from 'yaml'
import {
  DefinitionError,
  type LocatedProblem,
  pathText,
  problem,
  type Problem,
  problemsAtMost,
} from './definitionError.ts'

/** A definition has a few hundred lines and a depth of five; what is far beyond is no definition, and costs time to read. */
const longestText = 1024 * 1024
const deepestNesting = 100
/** Words and signs: a text of nothing but commas has a million, each of them a mistake. */
const mostWords = 200_000
/** Characters of a part of a problem: keys and lists of allowed names are as long as a person makes them. */
const longestWords = 4000

/** A problem at an offset in the text. */
interface TextProblem {
  readonly offset: number
  readonly problem: Problem
}

/** The values of one YAML document and where they stand. */
interface YamlDocument {
  readonly document: Document
  /** What is no YAML, or none that a definition may be; where there is something, nothing else can be said. */
  readonly broken: readonly TextProblem[]
  /** Keys that appear twice: wrong, but everything else can still be checked. */
  readonly twice: readonly TextProblem[]
  /** Scalars, lists and maps. */
  readonly nodes: number
  readonly lines: LineCounter
}

interface YamlSource {
  readonly value: unknown
  /** Scalars, lists and maps in it. */
  readonly nodes: number
  /** Keys that appear twice: wrong, but everything else can still be checked. */
  readonly problems: readonly TextProblem[]
  /** These problems, where they stand. */
  place(problems: readonly Problem[]): readonly TextProblem[]
  /** The first of the problems in the order of the text. */
  refusal(problems: readonly TextProblem[]): DefinitionError
}

/**
 * Parses one YAML document. Aliases are refused: nothing in a definition needs them, and few of them can stand for
 * billions of values.
 * @throws {DefinitionError} when there is no such document
 */
export const parseYaml = (text: string, source: string): YamlSource => {
  const { document, broken, twice, nodes, lines } = composeYaml(text)
  if (broken.length > 0) throw refusalOf(source, lines, broken)
  if (isNothing(document)) throw refusalOf(source, lines, [textProblem(0, 'nothing', 'a definition')])
  const placesIn = new Map<YAMLMap, ReadonlyMap<string, Pair>>()
  return {
    value: document.toJS(),
    nodes,
    problems: twice,
    place: (problems) => problems.map((one) => ({ offset: offsetOf(document, one, placesIn), problem: one })),
    refusal: (problems) => refusalOf(source, lines, problems),
  }
}

/** The document in a text that can be changed value by value; null: it cannot be read, or means two things. */
export const editableYaml = (text: string): Document | null => {
  const { document, broken, twice } = composeYaml(text)
  return broken.length + twice.length === 0 ? document : null
}

/** The document in a text, whose size and depth are looked at before anything is made of it. Costs as much as it is long. */
const composeYaml = (text: string): YamlDocument => {
  const lines = new LineCounter()
  const nothing: YamlDocument = { document: new Document(), broken: [], twice: [], nodes: 0, lines }
  const refuse = (offset: number, found: string, allowed: string): YamlDocument => ({
    ...nothing,
    broken: [textProblem(offset, found, allowed)],
  })
  if (text.length > longestText) return refuse(0, `${text.length} characters`, `a definition of at most ${longestText}`)
  const tokens = tokensOf(text, lines)
  if (typeof tokens === 'string') return refuse(0, tokens, 'a definition')
  // Whether a key is unique is looked for here: that of the library compares each key with all before it.
  const composer = new Composer({ prettyErrors: false, uniqueKeys: false })
  const [document, second] = [...composer.compose(tokens, true, text.length)]
  if (document === undefined || isNothing(document)) return nothing
  if (second) return refuse(second.range[0], 'a second document', 'one definition in a file')
  const noYaml = [...document.errors, ...document.warnings].map(({ pos, message }) =>
    textProblem(pos[0], `what is no YAML (${message})`, 'YAML'),
  )
  if (noYaml.length > 0) return { ...nothing, broken: noYaml }
  return { document, lines, ...looked(document) }
}

/** The tokens of a text; or why it is no definition, which is seen before more than the beginning is read. */
const tokensOf = (text: string, lines: LineCounter): CST.Token[] | string => {
  const parser = new Parser(lines.addNewLine)
  lines.addNewLine(0)
  const tokens: CST.Token[] = []
  let words = 0
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme))
    if (parser.stack.length > deepestNesting) return 'values nested too deeply'
    if (++words > mostWords) return `more than ${mostWords} words and signs`
  }
  tokens.push(...parser.end())
  return tokens
}

/** What a definition may not have although it is YAML, and how much there is in it. */
const looked = (document: Document): Pick<YamlDocument, 'broken' | 'twice' | 'nodes'> => {
  const broken: TextProblem[] = []
  const twice: TextProblem[] = []
  let nodes = 0
  visit(document, {
    Alias: (_, alias) => {
      broken.push(textProblem(alias.range?.[0] ?? 0, `the alias *${alias.source}`, 'the value itself'))
    },
    Pair: (_, { key }) => {
      const offset = startOf(key) ?? 0
      if (!isScalar(key)) broken.push(textProblem(offset, 'a list or a map as a key', 'text'))
      else if (key.value === '__proto__') broken.push(textProblem(offset, 'the key __proto__', 'another'))
    },
    Node: () => {
      nodes++
    },
    Map: (_, { items }) => {
      nodes++
      const keys = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (keys.has(key.value)) {
          const path = [String(key.value)]
          twice.push({
            offset: startOf(key) ?? 0,
            problem: problem(path, 'key', 'a key for the second time', 'each key once'),
          })
        } else keys.add(key.value)
      }
    },
  })
  return { broken, twice, nodes }
}

const textProblem = (offset: number, found: string, allowed: string): TextProblem => ({
  offset,
  problem: problem([], 'value', found, allowed),
})

/** The first problems in the order of the text, put into words. */
const refusalOf = (source: string, lines: LineCounter, problems: readonly TextProblem[]): DefinitionError => {
  const told = [...problems].sort((a, b) => a.offset - b.offset).slice(0, problemsAtMost)
  return new DefinitionError(
    source,
    told.map(({ offset, problem: one }) => located(lines, offset, one)),
    problems.length - told.length,
  )
}

const located = (lines: LineCounter, offset: number, { path, words }: Problem): LocatedProblem => {
  const { line, col } = lines.linePos(offset)
  const [found, allowed] = words()
  return {
    line: Math.max(1, line),
    column: Math.max(1, col),
    path: shortened(pathText(path)),
    found: shortened(found),
    allowed: shortened(allowed),
  }
}

const shortened = (words: string): string =>
  words.length > longestWords ? `${words.slice(0, longestWords - 3)}...` : words

/** Where the value of a path begins, or its key; where there is none, the nearest thing around it. */
const offsetOf = (
  document: Document,
  { path, at }: Problem,
  placesIn: Map<YAMLMap, ReadonlyMap<string, Pair>>,
): number => {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const [index, part] of path.entries()) {
    const pair = isMap(node) ? pairsOf(node, placesIn).get(String(part)) : undefined
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

/** The members of a map by key, made once: thousands of problems are looked for in the same map. */
const pairsOf = (map: YAMLMap, placesIn: Map<YAMLMap, ReadonlyMap<string, Pair>>): ReadonlyMap<string, Pair> => {
  const known = placesIn.get(map)
  if (known !== undefined) return known
  const pairs = new Map<string, Pair>()
  // Of a key that appears twice the first.
  for (const pair of map.items) if (!pairs.has(keyText(pair.key))) pairs.set(keyText(pair.key), pair)
  placesIn.set(map, pairs)
  return pairs
}

const isNothing = ({ contents }: Document): boolean => contents === null || isEmpty(contents)
const keyText = (key: unknown): string => (isScalar(key) ? String(key.value) : '')
/** Such as `key:` without a value, which stands somewhere behind the colon: better to point at the key. */
const isEmpty = (node: unknown): boolean => isScalar(node) && node.value === null
const startOf = (node: unknown): number | null => (node as Node | null | undefined)?.range?.[0] ?? null
