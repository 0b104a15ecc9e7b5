import { sizeOf } from '../../../src-core/encoding/inputEvents.ts'
import type { LayerPlan } from '../../../src-core/layered/networkPlan.ts'

/** How many neurons of a layer a spike of each of its inputs reaches, [inputs]: fewer at borders and beside strides. */
export const fanOut = ({ synapse, input, output }: LayerPlan): Float64Array => {
  if (synapse.type === 'dense' || synapse.type === 'recurrent') {
    return new Float64Array(sizeOf(input)).fill(sizeOf(output))
  }
  const { kernel, stride } = synapse
  const padding = synapse.type === 'conv' ? synapse.padding : 0
  const channels = synapse.type === 'conv' ? output.channels : 1
  const rows = windowsOver(input.rows, output.rows, kernel, stride, padding)
  const columns = windowsOver(input.columns, output.columns, kernel, stride, padding)
  return Float64Array.from({ length: sizeOf(input) }, (_, index) => {
    const place = Math.floor(index / input.channels)
    const row = rows[Math.floor(place / input.columns)] ?? 0
    return row * (columns[place % input.columns] ?? 0) * channels
  })
}

/** Along one side: in how many windows each place lies. */
const windowsOver = (places: number, windows: number, kernel: number, stride: number, padding: number): number[] =>
  Array.from({ length: places }, (_, place) => {
    let count = 0
    for (let window = 0; window < windows; window++) {
      const first = window * stride - padding
      if (place >= first && place < first + kernel) count++
    }
    return count
  })
