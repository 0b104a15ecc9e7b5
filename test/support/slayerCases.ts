import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { NeuronPlan } from '../../src-core/layered/networkPlan.ts'

const list = z.array(z.number())
/** [batch][channel][time] */
const trains = z.array(z.array(list))
/** [batch][channel][row][column][time] */
const images = z.array(z.array(z.array(z.array(list))))

const paramsSchema = z.object({
  threshold: z.number(),
  threshold_step: z.number().default(0),
  current_decay: z.number(),
  voltage_decay: z.number(),
  threshold_decay: z.number().default(0),
  refractory_decay: z.number().default(0),
  tau_grad: z.number(),
  scale_grad: z.number(),
})

const slayerSchema = z.object({
  neurons: z.array(
    z.object({
      model: z.enum(['ALIF', 'CUBA']),
      name: z.string().default('alone'),
      params: paramsSchema,
      input: trains,
      current: trains,
      voltage: trains,
      threshold: trains.optional(),
      refractory: trains.optional(),
      spikes: trains,
      g: trains,
      gradInput: trains,
      gradCurrentDecay: list,
      gradVoltageDecay: list,
    }),
  ),
  blocks: z.tuple([
    z.object({
      params: paramsSchema,
      input: images,
      labels: z.array(z.int()),
      c1: z.object({ weight: images, delay: list, output: images }),
      pool: z.object({ output: images }),
      dense: z.object({ weight: images, output: images }),
      loss: z.number(),
      gradients: z.object({
        'c1.weight': images,
        'c1.delay': list,
        'c1.currentDecay': list,
        'c1.voltageDecay': list,
        'dense.weight': images,
        'dense.currentDecay': list,
        'dense.voltageDecay': list,
      }),
    }),
  ]),
  losses: z.array(
    z.discriminatedUnion('loss', [
      z.object({
        loss: z.literal('rate'),
        trueRate: z.number(),
        falseRate: z.number(),
        output: images,
        labels: z.array(z.int()),
        value: z.number(),
        grad: images,
      }),
      z.object({
        loss: z.literal('max'),
        mode: z.literal('probability'),
        output: images,
        labels: z.array(z.int()),
        value: z.number(),
        grad: images,
      }),
    ]),
  ),
  delay: z.tuple([
    z.object({ delay: list, input: trains, output: trains, g: trains, gradInput: trains, gradDelay: list }),
  ]),
})

export type GoldenParams = z.infer<typeof paramsSchema>

/** Values of lava-dl: time is the last axis, channels before places. */
export const slayer = slayerSchema.parse(
  JSON.parse(readFileSync(new URL('../golden/slayer.json', import.meta.url), 'utf8')),
)

export const neuronOf = (params: GoldenParams, model: 'alif' | 'cuba'): NeuronPlan => ({
  model,
  subtract: false,
  threshold: params.threshold,
  thresholdStep: params.threshold_step,
  currentDecay: params.current_decay,
  voltageDecay: params.voltage_decay,
  thresholdDecay: params.threshold_decay,
  refractoryDecay: params.refractory_decay,
  decays: 'shared',
  decayGradient: 'lava',
  surrogate: 'exponential',
  tauGradient: params.tau_grad,
  scaleGradient: params.scale_grad,
  quantised: true,
})

/** [batch][channel][time] as [steps][batch][neurons]. */
export const stepsFirst = (values: readonly (readonly (readonly number[])[])[]): Float32Array => {
  const steps = values[0]?.[0]?.length ?? 0
  return Float32Array.from(
    Array.from({ length: steps }, (_, step) => values.map((sample) => sample.map((train) => train[step] ?? 0))).flat(2),
  )
}

/** [batch][channel][row][column][time] as [steps][batch][row][column][channel]. */
export const placesFirst = (values: z.infer<typeof images>): Float32Array =>
  stepsFirst(values.map((sample) => channelsLast(sample)))

/** [channel][row][column][...] as [row][column][channel] in one list. */
export const channelsLast = <Item>(values: readonly (readonly (readonly Item[])[])[]): Item[] => {
  const [first = []] = values
  return first.flatMap((rows, row) =>
    rows.flatMap((_, column) => values.map((channel) => channel[row]?.[column] as Item)),
  )
}
