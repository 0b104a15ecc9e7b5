/**
 * Changes of single values in the YAML text of a definition. The text is changed where the value stands and nowhere else,
 * so that comments, order and layout stay as a person made them.
 */
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Path } from './definitionError.ts'
import { editableYaml } from './yamlSource.ts'

/** What may stand at a path. */
export type YamlValue = string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue }

/** Keys in the order of the schema at a path, so that a new one goes where readers look for it. */
export type KeyOrder = (path: Path) => readonly string[]

/**
 * The text with another value at `path`; undefined takes it out, and with it the maps around it that become empty.
 * Null: the text is no YAML map, so that nothing can be changed in it.
 */
export const editYaml = (text: string, path: Path, value: YamlValue | undefined, order: KeyOrder): string | null =>
  editText(text, path, value === undefined ? undefined : flowText(value), order)

/** The text with what a person typed at `path`: a number stays as it was typed, 1e-4 or 0.10; nothing takes the key out. */
export const typeIntoYaml = (text: string, path: Path, typed: string, order: KeyOrder): string | null => {
  if (typed.trim() === '') return editText(text, path, undefined, order)
  const value = typedValue(typed)
  return editText(text, path, typeof value === 'number' ? typed.trim() : flowText(value), order)
}

/** A number where it reads as one, otherwise the text, whatever it may be. */
export const typedValue = (typed: string): number | string => {
  const text = typed.trim()
  const value = Number(text)
  return text !== '' && Number.isFinite(value) && /^[-+.\deE]+$/.test(text) ? value : typed
}

/** The text as it stands at a path, such as `1e-4`; null: there is no single value. */
export const sourceAt = (document: Document, path: Path): string | null => {
  const node = document.getIn(path, true)
  if (!isScalar(node) || node.value === null) return null
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
}

/** One line, whatever the value, since it may stand in a flow map. */
const flowText = (value: YamlValue): string => {
  if (Array.isArray(value)) return `[${(value as readonly YamlValue[]).map(flowText).join(', ')}]`
  if (typeof value === 'object') {
    const pairs = Object.entries(value).map(([key, inner]) => `${flowText(key)}: ${flowText(inner as YamlValue)}`)
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
  }
  if (typeof value !== 'string') return String(value)
  const plain = /^[A-Za-z0-9][\w.-]*( [\w.-]+)*$/.test(value) && parseDocument(value).toJS() === value
  return plain ? value : JSON.stringify(value)
}

const editText = (text: string, path: Path, value: string | undefined, order: KeyOrder): string | null => {
  const document = editableYaml(text)
  const root: unknown = document?.contents ?? null
  if (document === null || (root !== null && !isMap(root))) return null
  if (value === undefined) return removed(text, document, path)
  if (root === null) return `${withNewline(text)}${blockLines({ path, depth: 0, value })}`
  let group: YAMLMap | YAMLSeq = root
  for (const [depth, part] of path.entries()) {
    const node: unknown = group.get(part, true)
    if (depth === path.length - 1 && isNode(node) && !isEmpty(node)) return replaced(text, node, value)
    if (!isMap(node) && !isSeq(node)) return inserted(text, group, { path, depth, value }, order)
    if (node.items.length === 0) return filled(text, node, { path, depth, value })
    group = node
  }
  return null
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'range' in value
const isEmpty = (node: Node): boolean => isScalar(node) && node.value === null
const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0)
const endOf = (node: unknown): number => (isNode(node) ? (node.range?.[1] ?? 0) : 0)
const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1
/** Where the line of a value ends, its comment included. */
const lineEnd = (text: string, at: number): number => {
  if (text[at - 1] === '\n') return at
  const next = text.indexOf('\n', at)
  return next < 0 ? text.length : next + 1
}
const withNewline = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`)

const replaced = (text: string, node: Node, value: string): string => {
  const end = endOf(node)
  // A block ends behind its last line; what takes its place does not.
  const tail = text.slice(startOf(node), end).endsWith('\n') ? '\n' : ''
  const before = text.slice(0, startOf(node))
  // What takes the place of a block stands behind its key.
  const behindKey = tail !== '' && /[:-]\s+$/.test(before) ? `${before.trimEnd()} ` : before
  return behindKey + value + tail + text.slice(end)
}

/** What hangs below a key that is new: groups of a study in lines of their own, everything else on one. */
const isListed = (path: Path): boolean => path.length === 1 && (path[0] === 'space' || path[0] === 'fixed')

/** A value, and what of its path is new: `path[depth]` and what is below. */
interface Member {
  readonly path: Path
  readonly depth: number
  readonly value: string
}

const flowBelow = ({ path, depth, value }: Member): string => {
  const rest = path.slice(depth + 1)
  return rest.reduceRight<string>(
    (inner, part) => (typeof part === 'number' ? `[${inner}]` : `{ ${part}: ${inner} }`),
    value,
  )
}

/** As lines of a block map. */
const blockLines = (member: Member, indent = ''): string => {
  const { path, depth } = member
  const below = path.slice(0, depth + 1)
  if (isListed(below) && path.length > depth + 1) {
    return `${indent}${path[depth]}:\n${blockLine({ ...member, depth: depth + 1 }, `${indent}  `)}\n`
  }
  return `${blockLine(member, indent)}\n`
}

const blockLine = (member: Member, indent: string): string =>
  `${indent}${member.path[member.depth]}: ${flowBelow(member)}`

/** `{}` or `[]` gets its first member. */
const filled = (text: string, group: YAMLMap | YAMLSeq, member: Member): string => {
  const { path, depth } = member
  const here = path.slice(0, depth + 1)
  if (isListed(here)) {
    const first = `\n${blockLine({ ...member, depth: depth + 1 }, '  ')}`
    const before = text.slice(0, startOf(group)).trimEnd()
    return before + first + text.slice(endOf(group))
  }
  return text.slice(0, startOf(group)) + flowBelow(member) + text.slice(endOf(group))
}

/** A member that is new in a group that has some. */
const inserted = (text: string, group: YAMLMap | YAMLSeq, member: Member, order: KeyOrder): string => {
  if (isSeq(group)) return appended(text, group, member)
  const { path, depth } = member
  const key = String(path[depth])
  const same = group.items.find((pair) => nameOf(pair) === key)
  if (same !== undefined) return givenValue(text, same, member)
  const keys = order(path.slice(0, depth))
  const rank = keys.indexOf(key)
  const next = rank < 0 ? -1 : group.items.findIndex((pair) => keys.indexOf(nameOf(pair)) > rank)
  const before = group.items[(next < 0 ? group.items.length : next) - 1]
  if (group.flow === true) {
    const added = `${key}: ${flowBelow(member)}`
    if (before !== undefined) return spliced(text, endOfPair(before), `, ${added}`)
    return spliced(text, startOf(group.items[0]?.key), `${added}, `)
  }
  const first = startOf(group.items[0]?.key)
  const indent = ' '.repeat(first - lineStart(text, first))
  if (before === undefined) return spliced(text, first, blockLines(member, indent).trimStart() + indent)
  const whole = withNewline(text)
  return spliced(whole, lineEnd(whole, endOfPair(before)), blockLines(member, indent))
}

/** `key:` without a value gets one. */
const givenValue = (text: string, { key }: Pair, member: Member): string => {
  const colon = text.indexOf(':', endOf(key))
  const below = blockLines(member).trimEnd()
  return spliced(text, colon + 1, below.slice(below.indexOf(':') + 1))
}

const appended = (text: string, group: YAMLSeq, member: Member): string => {
  const added = flowBelow(member)
  const last = group.items.at(-1)
  if (group.flow === true) return spliced(text, endOf(last), `, ${added}`)
  const dash = startOf(group)
  const whole = withNewline(text)
  return spliced(whole, lineEnd(whole, endOf(last)), `${' '.repeat(dash - lineStart(text, dash))}- ${added}\n`)
}

const nameOf = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : String(key))
const endOfPair = ({ key, value }: Pair): number => Math.max(endOf(key), endOf(value))
const spliced = (text: string, at: number, more: string): string => text.slice(0, at) + more + text.slice(at)

const removed = (text: string, document: Document, path: Path): string => {
  if (!document.hasIn(path)) return text
  const group: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(group) && !isSeq(group)) return text
  // Of a map that would be empty nothing is left; of the file itself there is always something.
  if (group.items.length === 1 && path.length > 1) return removed(text, document, path.slice(0, -1))
  const part = path.at(-1)
  const at = isMap(group) ? group.items.findIndex((pair) => nameOf(pair) === String(part)) : Number(part)
  const places = group.items.map((item: unknown) =>
    isNode(item)
      ? { start: startOf(item), end: endOf(item) }
      : { start: startOf((item as Pair).key), end: endOfPair(item as Pair) },
  )
  const { start = 0, end = 0 } = places[at] ?? {}
  if (group.flow === true) {
    const next = places[at + 1]
    const before = places[at - 1]
    if (next !== undefined) return text.slice(0, start) + text.slice(next.start)
    return text.slice(0, before?.end ?? start) + text.slice(end)
  }
  // The first of a map in a list stands behind a dash, which the next one takes over.
  const lead = text.slice(lineStart(text, start), start)
  const next = places[at + 1]
  if (isMap(group) && lead.trim() !== '' && next !== undefined) return text.slice(0, start) + text.slice(next.start)
  return text.slice(0, lineStart(text, start)) + text.slice(lineEnd(text, end))
}
