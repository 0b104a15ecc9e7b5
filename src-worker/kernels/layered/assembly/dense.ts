/**
 * Products of layers where every neuron has every input: C = S W, S^T G and G W^T, single precision. Sparse activity is
 * gone through event by event (events.ts, sums.ts), dense matrices tile by tile (tiles.ts). Panels are made in `scratch`.
 */
import { packColumns, packTransposed, putFew } from './panels'
import { addRows, panelWidth } from './sums'
import { addTile, addTransposedTile, innerProducts } from './tiles'

const tile = memory.data(192, 16)

/** Fewer rows than these do not pay for the packing of the other matrix. */
const fewRows = 32

/** currents (`rows` x `neurons`) = events weights (`inputs` x `neurons`). @param scratch inputs * 192 bytes */
export function denseForwardEvents(
  rows: i32,
  inputs: i32,
  neurons: i32,
  starts: usize,
  indices: usize,
  values: usize,
  weights: usize,
  currents: usize,
  add: bool,
  scratch: usize,
): void {
  // Packing pays when a row of the weights is met more than twice.
  const packs = (load<u32>(starts + ((<usize>rows) << 2)) - load<u32>(starts)) >> 1 > <u32>inputs
  for (let from = 0; from < neurons;) {
    const groups = panelWidth((neurons - from + 3) >> 2)
    if (packs) packColumns(weights, inputs, neurons, from, groups, scratch)
    const panel = packs ? scratch : weights + ((<usize>from) << 2)
    const step = (<usize>(packs ? groups << 2 : neurons)) << 2
    const have = min(groups << 2, neurons - from)
    const to = currents + ((<usize>from) << 2)
    if (values) sumPanel<f32>(rows, neurons, starts, indices, values, panel, step, groups, have, to, add)
    else sumPanel<i32>(rows, neurons, starts, indices, 0, panel, step, groups, have, to, add)
    from += groups << 2
  }
}

/** Row n at `to` from list n: a panel's columns of it, `have` of them. */
function sumPanel<F>(
  rows: i32,
  neurons: i32,
  starts: usize,
  indices: usize,
  values: usize,
  panel: usize,
  panelStride: usize,
  groups: i32,
  have: i32,
  to: usize,
  add: bool,
): void {
  const stride = (<usize>neurons) << 2
  const offset = values - indices
  let out = to
  let first = indices + ((<usize>load<u32>(starts)) << 2)
  for (let row = 1; row <= rows; row++) {
    const last = indices + ((<usize>load<u32>(starts + ((<usize>row) << 2))) << 2)
    if (have == groups << 2) {
      addRows<F>(groups, first, last, offset, panel, panelStride, out, add)
    } else {
      addRows<F>(groups, first, last, offset, panel, panelStride, tile, false)
      putFew(tile, out, have, add)
    }
    out += stride
    first = last
  }
}

/**
 * weightGradient (`inputs` x `neurons`) = events^T gradient (`rows` x `neurons`); the lists of `listColumns`, in pieces of
 * `piece` rows. @param shift rows: event row r goes with row r + shift of the gradient @param scratch piece * 192 bytes
 */
export function denseWeightGradientEvents(
  rows: i32,
  inputs: i32,
  neurons: i32,
  piece: i32,
  starts: usize,
  indices: usize,
  values: usize,
  gradient: usize,
  weightGradient: usize,
  shift: i32,
  scratch: usize,
): void {
  let pieceStarts = starts
  const stride = (<usize>neurons) << 2
  for (let from = 0; from < rows; from += piece) {
    const count = min(piece, rows - from)
    const have = max(0, min(count, rows - from - shift))
    const source = gradient + <usize>(from + shift) * stride
    for (let column = 0; column < neurons;) {
      const groups = panelWidth((neurons - column + 3) >> 2)
      packColumns(source, have, neurons, column, groups, scratch)
      // Rows of events that are shifted out of the activity meet zeros.
      memory.fill(scratch + <usize>(have * groups) * 16, 0, <usize>((count - have) * groups) * 16)
      const width = min(groups << 2, neurons - column)
      const to = weightGradient + ((<usize>column) << 2)
      const step = (<usize>groups) << 4
      const add = from > 0
      if (values) sumPanel<f32>(inputs, neurons, pieceStarts, indices, values, scratch, step, groups, width, to, add)
      else sumPanel<i32>(inputs, neurons, pieceStarts, indices, 0, scratch, step, groups, width, to, add)
      column += groups << 2
    }
    pieceStarts += (<usize>inputs) << 2
  }
}

/** C (`rows` x `columns`) = A (`rows` x `depth`) B, B of `depth` x `columns`. @param scratch the panels of B: `panelBytes` */
export function denseProduct(
  rows: i32,
  depth: i32,
  columns: i32,
  a: usize,
  b: usize,
  c: usize,
  add: bool,
  scratch: usize,
): void {
  const panelBytes = (<usize>depth) << 5
  if (rows < fewRows) return multiplyPanels(rows, depth, columns, a, c, add, b, 32, (<usize>columns) << 2)
  for (let column = 0; column < columns; column += 8) {
    packColumns(b, depth, columns, column, 2, scratch + <usize>(column >> 3) * panelBytes)
  }
  multiplyPanels(rows, depth, columns, a, c, add, scratch, panelBytes, 32)
}

/** As `denseProduct`, with B transposed: of `columns` x `depth`. */
export function denseProductTransposed(
  rows: i32,
  depth: i32,
  columns: i32,
  a: usize,
  b: usize,
  c: usize,
  add: bool,
  scratch: usize,
): void {
  const panelBytes = (<usize>depth) << 5
  if (rows < (depth < 64 ? fewRows : 4 * fewRows) && depth >= 16)
    return multiplyRows(rows, depth, columns, a, b, c, add)
  for (let column = 0; column < columns; column += 8) {
    packTransposed(b, columns, depth, column, scratch + <usize>(column >> 3) * panelBytes)
  }
  multiplyPanels(rows, depth, columns, a, c, add, scratch, panelBytes, 32)
}

/** Inner products of rows, nothing is packed; rows of A in pieces that stay in the first-level cache while B passes by. */
function multiplyRows(rows: i32, depth: i32, columns: i32, a: usize, b: usize, c: usize, add: bool): void {
  const depthBytes = (<usize>depth) << 2
  const piece = rows < 4 ? rows : max(4, (4096 / depth) & ~3)
  for (let from = 0; from < rows; from += piece) {
    for (let column = 0; column < columns; column += 2) {
      const have = min(2, columns - column)
      const bRow = b + <usize>column * depthBytes
      multiplyPair(rows, from, min(rows, from + piece), depth, a, bRow, have, c + ((<usize>column) << 2), columns, add)
    }
  }
}

/** Rows `from` up to `to` of two columns of C, or of one. */
function multiplyPair(
  rows: i32,
  from: i32,
  to: i32,
  depth: i32,
  a: usize,
  b: usize,
  have: i32,
  c: usize,
  columns: i32,
  add: bool,
): void {
  const depthBytes = (<usize>depth) << 2
  const cStride = (<usize>columns) << 2
  const step = rows >= 4 ? 4 : 1
  for (let row = from; row < to; row += step) {
    // The last four may be some of those before.
    const first = min(row, rows - step)
    innerProducts(a + <usize>first * depthBytes, step == 4 ? depthBytes : 0, b, have == 2 ? depthBytes : 0, depth, tile)
    for (let line = row; line < min(to, row + step); line++) {
      putFew(tile + ((<usize>(line - first)) << 3), c + <usize>line * cStride, have, add)
    }
  }
}

/** `have` columns of C (`rows` rows `cStride` apart) = or += A (`rows` x `depth`) B, a panel whose rows are `panelStride` apart. */
export function multiplyPanel(
  a: usize,
  rows: i32,
  depth: i32,
  panel: usize,
  panelStride: usize,
  c: usize,
  cStride: usize,
  have: i32,
  add: bool,
): void {
  const aStride = (<usize>depth) << 2
  let aRow = a
  let cRow = c
  for (let row = 0; row < rows; row += 4) {
    const left = rows - row
    const a1 = left > 1 ? aRow + aStride : aRow
    const a2 = left > 2 ? aRow + 2 * aStride : aRow
    const a3 = left > 3 ? aRow + 3 * aStride : aRow
    if (left >= 4 && have == 8) {
      const c2 = cRow + 2 * cStride
      addTile(aRow, a1, a2, a3, depth, panel, panelStride, cRow, cRow + cStride, c2, c2 + cStride, add)
    } else {
      addTile(aRow, a1, a2, a3, depth, panel, panelStride, tile, tile + 32, tile + 64, tile + 96, false)
      for (let line = 0; line < min(4, left); line++) {
        putFew(tile + ((<usize>line) << 5), cRow + <usize>line * cStride, have, add)
      }
    }
    aRow += 4 * aStride
    cRow += 4 * cStride
  }
}

/**
 * Rows in pieces that stay in the second-level cache while all panels pass by. Panels begin `panelBytes` apart, their rows
 * `panelStride`.
 */
export function multiplyPanels(
  rows: i32,
  depth: i32,
  columns: i32,
  a: usize,
  c: usize,
  add: bool,
  panels: usize,
  panelBytes: usize,
  panelStride: usize,
): void {
  const aStride = (<usize>depth) << 2
  const cStride = (<usize>columns) << 2
  const piece = max(4, (65536 / depth) & ~3)
  for (let from = 0; from < rows; from += piece) {
    const to = min(rows, from + piece)
    let panel = panels
    for (let column = 0; column < columns; column += 8) {
      const have = min(8, columns - column)
      const cRow = c + <usize>from * cStride + ((<usize>column) << 2)
      multiplyPanel(a + <usize>from * aStride, to - from, depth, panel, panelStride, cRow, cStride, have, add)
      panel += panelBytes
    }
  }
}

/**
 * C (`inputs` x `neurons`) = A^T B, A of `rows` x `inputs`, B of `rows` x `neurons`; or C += A^T B.
 * @param scratch 128 * ((inputs + 3 & ~3) + 8) numbers
 */
export function denseTransposedProduct(
  rows: i32,
  inputs: i32,
  neurons: i32,
  a: usize,
  b: usize,
  c: usize,
  sums: bool,
  scratch: usize,
): void {
  const cStride = (<usize>neurons) << 2
  const inputQuads = (inputs + 3) >> 2
  const panel = scratch + ((<usize>inputQuads * 128) << 4)
  if (rows == 0 && !sums) memory.fill(c, 0, <usize>inputs * cStride)
  for (let from = 0; from < rows; from += 128) {
    const count = min(128, rows - from)
    const quadBytes = (<usize>count) << 4
    const aRows = a + ((<usize>from * <usize>inputs) << 2)
    for (let quad = 0; quad < inputQuads; quad++)
      packColumns(aRows, count, inputs, quad << 2, 1, scratch + <usize>quad * quadBytes)
    for (let column = 0; column < neurons; column += 8) {
      packColumns(b + <usize>from * cStride, count, neurons, column, 2, panel)
      for (let quad = 0; quad < inputQuads; quad++) {
        const to = c + <usize>(quad << 2) * cStride + ((<usize>column) << 2)
        addTransposedTileTo(
          scratch + <usize>quad * quadBytes,
          count,
          panel,
          to,
          cStride,
          inputs - (quad << 2),
          neurons - column,
          sums || from > 0,
        )
      }
    }
  }
}

/** Of a tile at most `rows` rows and `columns` columns. */
export function addTransposedTileTo(
  quad: usize,
  depth: i32,
  panel: usize,
  c: usize,
  stride: usize,
  rows: i32,
  columns: i32,
  add: bool,
): void {
  if (rows >= 4 && columns >= 8) return addTransposedTile(quad, depth, panel, c, stride, add)
  addTransposedTile(quad, depth, panel, tile, 32, false)
  for (let line = 0; line < min(4, rows); line++) {
    putFew(tile + ((<usize>line) << 5), c + <usize>line * stride, min(8, columns), add)
  }
}
