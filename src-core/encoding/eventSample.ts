/** One recording of an event camera, or of an artificial ear. */
export interface EventSample {
  /** Microseconds since the beginning of the sample, rising. */
  readonly timesUs: Uint32Array
  /** Which input of the sensor, as `indexAt` counts; as long as `timesUs`. Of a camera, channel 1 is on, 0 is off. */
  readonly inputs: Uint16Array | Uint32Array
}
