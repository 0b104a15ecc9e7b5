/** Switches of a layer that have a meaning in some layers only. */
import { type Path, problem, type Problem } from './definitionError.ts'
import type { LayerDefinition } from './networkSchema.ts'
import { isMap, type RawMap } from './rawValues.ts'

interface LayerSwitch {
  readonly hasEffect: (layer: RawMap) => boolean
  readonly on: true | 'drop'
  readonly off: false | 'zero'
  /** Where it has none: what stands there, and what would give it a meaning. */
  readonly found: string
  readonly allowed: string
}

const switches: Readonly<Record<'subtract' | 'weightNormalisation' | 'padding', LayerSwitch>> = {
  subtract: {
    hasEffect: ({ neuron = 'alif' }) => neuron !== 'alif',
    on: true,
    off: false,
    found: 'true of alif neurons, which no spike resets',
    allowed: 'it with the neuron cuba or lif',
  },
  weightNormalisation: {
    hasEffect: ({ type }) => type !== 'pool',
    on: true,
    off: false,
    found: 'true of a pool, which learns no weights',
    allowed: 'it of the types conv, dense and recurrent',
  },
  padding: {
    hasEffect: ({ type }) => type === 'pool',
    on: 'drop',
    off: 'zero',
    found: 'drop of a layer without windows to complete',
    allowed: 'it of the type pool; a convolution has the hyperparameter padding',
  },
}
type BoundSwitch = keyof typeof switches
const bound = Object.keys(switches) as readonly BoundSwitch[]

const isBound = (key: string): key is BoundSwitch => Object.hasOwn(switches, key)

/** Whether a switch changes anything of a layer as it stands in a file. */
export const hasEffect = (key: string, layer: RawMap): boolean => !isBound(key) || switches[key].hasEffect(layer)

/** Whether a switch is on in a layer as it stands in a file. */
export const isOn = (key: string, layer: RawMap): boolean => layer[key] === (isBound(key) ? switches[key].on : true)

/** The switches that are on in a layer and change nothing of it. */
export const withoutEffect = (layer: RawMap): readonly BoundSwitch[] =>
  bound.filter((key) => isOn(key, layer) && !hasEffect(key, layer))

/** A problem for each switch without effect. @param path of the layers @param layers as they stand in a file */
export const checkSwitches = (path: Path, layers: readonly unknown[]): readonly Problem[] =>
  layers.flatMap((layer, index) =>
    isMap(layer)
      ? withoutEffect(layer).map((key) =>
          problem([...path, index, key], 'value', switches[key].found, switches[key].allowed),
        )
      : [],
  )

/** The same layer without them. */
export const effective = (layer: LayerDefinition): LayerDefinition => ({
  ...layer,
  ...Object.fromEntries(withoutEffect({ ...layer }).map((key) => [key, switches[key].off])),
})
