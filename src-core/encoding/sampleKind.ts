/** What the samples of a dataset are: grey values from 0 to 255, events of a sensor, or real numbers. */
export type SampleKind = 'images' | 'events' | 'values'
