/** What a study asks of the activity of its networks: early stopping of silent ones. */
import { z } from 'zod'
import { layerNameSchema } from './networkSchema.ts'

const watchedLayerSchema = z.strictObject({
  layer: layerNameSchema.meta({ description: 'The layer of the network whose spikes are counted' }),
  alpha: z.int().min(0).meta({ description: 'A sample with fewer spikes than alpha in this layer is non-spiking' }),
  beta: z.number().min(0).max(1).meta({ description: 'Highest allowed non-spiking share: of the samples of an epoch' }),
})
export type WatchedLayer = z.infer<typeof watchedLayerSchema>

export const silenceSchema = z.strictObject({
  stopEarly: z.boolean().default(true).meta({ description: 'false: only measure the constraints, never stop' }),
  interval: z
    .int()
    .min(1)
    .default(1200)
    .meta({ description: 'Training samples between two looks at the spike counts' }),
  layers: z.array(watchedLayerSchema).default([]).meta({ description: 'Each watched layer is a constraint' }),
})
