/**
 * AEDAT 3.1 (iniVation): lines of text that begin with #, up to `#!END-HEADER`; then packets: a header of 28 bytes, u16
 * type, u16 source, u32 bytes of an event, u32 offset of the time in it, u32 overflow of the time, u32 capacity, u32
 * events, u32 valid ones; and the events. Those of type 1, polarity: u32 data (bit 0 valid, bit 1 polarity, bits 2 to 16
 * y, bits 17 to 31 x), u32 time in microseconds, above which the overflow gives bit 31 and up. All little-endian.
 */
import { indexAt, type LayerShape } from '../../../src-core/encoding/inputEvents.ts'
import { damagedAt, type NamedFile } from './damaged.ts'

const headerBytes = 28
const polarityType = 1
const polarityBytes = 8

export interface PolarityEvents {
  /** Microseconds, as the camera counted them. */
  readonly timesUs: Float64Array
  /** As `indexAt` counts. */
  readonly inputs: Uint16Array
}

interface Packet {
  readonly offset: number
  readonly events: number
  readonly overflow: number
}

/**
 * The valid polarity events of a recording.
 * @param sensor with two channels
 * @throws {SpiketuneError} dataset-damaged
 */
export const readAedat31 = (bytes: Uint8Array, sensor: LayerShape, named: NamedFile): PolarityEvents => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const packets = polarityPackets(view, endOfText(bytes, named), named)
  const total = packets.reduce((sum, { events }) => sum + events, 0)
  const timesUs = new Float64Array(total)
  const inputs = new Uint16Array(total)
  let length = 0
  for (const { offset: first, events, overflow } of packets) {
    for (let offset = first; offset < first + events * polarityBytes; offset += polarityBytes) {
      const data = view.getUint32(offset, true)
      if ((data & 1) === 0) continue
      const row = (data >>> 2) & 0x7fff
      const column = data >>> 17
      if (row >= sensor.rows || column >= sensor.columns) {
        const places = `${sensor.columns} x ${sensor.rows}`
        throw damagedAt(named, offset, `an event has the place ${column}, ${row} on a sensor of ${places} places`)
      }
      timesUs[length] = overflow * 2 ** 31 + view.getUint32(offset + 4, true)
      inputs[length] = indexAt(sensor, (data >>> 1) & 1, row, column)
      length++
    }
  }
  return { timesUs: timesUs.subarray(0, length), inputs: inputs.subarray(0, length) }
}

/** Where the packets begin. */
const endOfText = (bytes: Uint8Array, named: NamedFile): number => {
  const version = '#!AER-DAT3.1'
  const start = Buffer.from(bytes.subarray(0, version.length)).toString('latin1')
  if (start !== version) throw damagedAt(named, 0, `it does not begin with ${version}`)
  const mark = '#!END-HEADER\r\n'
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 65536)).indexOf(mark, 0, 'latin1')
  if (end < 0) throw damagedAt(named, 0, 'the lines of its header have no end')
  return end + mark.length
}

const polarityPackets = (view: DataView, start: number, named: NamedFile): readonly Packet[] => {
  const packets: Packet[] = []
  let offset = start
  while (offset < view.byteLength) {
    if (offset + headerBytes > view.byteLength) throw damagedAt(named, offset, 'it ends within the header of a packet')
    const type = view.getUint16(offset, true)
    const eventBytes = view.getUint32(offset + 4, true)
    const events = view.getUint32(offset + 20, true)
    const next = offset + headerBytes + eventBytes * events
    if (next > view.byteLength) {
      throw damagedAt(named, offset, `a packet announces ${events} events of ${eventBytes} bytes, more than there are`)
    }
    if (type === polarityType) {
      if (eventBytes !== polarityBytes)
        throw damagedAt(named, offset, `polarity events have ${eventBytes} bytes, not 8`)
      packets.push({ offset: offset + headerBytes, events, overflow: view.getUint32(offset + 12, true) })
    }
    offset = next
  }
  return packets
}
