/**
 * The event files of N-MNIST (Orchard, Jayawant, Cohen & Thakor 2015), `.bin`, and of SLAYER, `.bs2`, which are the
 * same. No header; 5 bytes an event: x; y; then 24 bits, the highest of which is the polarity (1: on), the others the
 * time in microseconds, high byte first. An event with y = 240 adds 2^13 to its own time and all later ones.
 */
import type { EventSample } from '../../../src-core/encoding/eventSample.ts'
import { indexAt, type LayerShape } from '../../../src-core/encoding/inputEvents.ts'
import { damagedAt, type NamedFile } from './damaged.ts'
import { sortEvents } from './sortEvents.ts'

const eventBytes = 5
const overflowRow = 240
const overflowUs = 2 ** 13

/**
 * @param sensor with two channels
 * @throws {SpiketuneError} dataset-damaged
 */
export const readSaccadeEvents = (bytes: Uint8Array, sensor: LayerShape, file: NamedFile): EventSample => {
  const left = bytes.length % eventBytes
  if (left !== 0) throw damagedAt(file, bytes.length - left, `${left} bytes are left where an event has ${eventBytes}`)
  const timesUs = new Uint32Array(bytes.length / eventBytes)
  const inputs = new Uint16Array(timesUs.length)
  let length = 0
  let laterUs = 0
  for (let offset = 0; offset < bytes.length; offset += eventBytes) {
    const column = bytes[offset] ?? 0
    const row = bytes[offset + 1] ?? 0
    if (row === overflowRow) {
      laterUs += overflowUs
      continue
    }
    if (column >= sensor.columns || row >= sensor.rows) {
      const places = `${sensor.columns} x ${sensor.rows}`
      throw damagedAt(file, offset, `an event has the place ${column}, ${row} on a sensor of ${places} places`)
    }
    const high = bytes[offset + 2] ?? 0
    const timeUs = ((high & 0x7f) << 16) | ((bytes[offset + 3] ?? 0) << 8) | (bytes[offset + 4] ?? 0)
    if (timeUs + laterUs > 0xffffffff) throw damagedAt(file, offset, 'the time of an event exceeds 71 minutes')
    timesUs[length] = timeUs + laterUs
    inputs[length] = indexAt(sensor, high >> 7, row, column)
    length++
  }
  return sortEvents(timesUs.subarray(0, length), inputs.subarray(0, length))
}
