import { isMet } from '../space/condition.ts'
import type { Configuration } from '../space/parameter.ts'
import type { StudyDefinition } from './definition.ts'
import { hyperparametersOf } from './hyperparameters.ts'

/**
 * Everything that a network needs: the searched values of `configuration`, over the fixed ones of the study, over the
 * defaults, in the order of the network's table. A searched hyperparameter that does not apply takes its default; what has
 * no meaning at all, as decoderRegularisation has none with the decoder all, is left out. So is what inherits its value,
 * and is neither searched nor fixed: the value of one layer, for which that of the network holds.
 * @throws {Error} when the configuration names what the study does not search
 */
export const resolveHyperparameters = (
  definition: Pick<StudyDefinition, 'network' | 'space' | 'fixed'>,
  configuration: Configuration,
): Configuration => {
  for (const name of Object.keys(configuration)) {
    if (!Object.hasOwn(definition.space, name)) throw new Error(`the study does not search ${name}`)
  }
  const table = hyperparametersOf(definition.network)
  const all: Record<string, number | string> = {}
  for (const [name, hyperparameter] of Object.entries(table)) {
    const when = definition.space[name]?.when
    const searched = when && !isMet(when, configuration) ? undefined : configuration[name]
    const value =
      searched ?? definition.fixed[name] ?? (hyperparameter.inherits === null ? hyperparameter.default : undefined)
    if (value !== undefined) all[name] = value
  }
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => {
      const condition = table[name]?.appliesWhen ?? null
      return condition === null || isMet(condition, all)
    }),
  )
}

/**
 * The same for who shows them: nothing where the configuration is none of the study, as that of a damaged trial may be, lest
 * defaults stand where values were searched.
 */
export const shownHyperparameters: typeof resolveHyperparameters = (definition, configuration) => {
  const searched = Object.keys(definition.space)
  const given = Object.keys(configuration)
  const isOfStudy = given.every((name) => searched.includes(name)) && (given.length > 0 || searched.length === 0)
  return isOfStudy ? resolveHyperparameters(definition, configuration) : {}
}
