import { isMet } from '../space/condition.ts'
import type { Configuration } from '../space/parameter.ts'
import type { StudyDefinition } from './definition.ts'
import { hyperparameterNames, hyperparameters } from './hyperparameters.ts'

/**
 * Everything that a network needs: the searched values of `configuration`, over the fixed ones of the study, over the
 * defaults, in the order of the table. A searched hyperparameter that does not apply takes its default; what has no
 * meaning at all, as decoderRegularisation has none with the decoder all, is left out.
 * @throws {Error} when the configuration names what the study does not search
 */
export function resolveHyperparameters(
  definition: Pick<StudyDefinition, 'space' | 'fixed'>,
  configuration: Configuration,
): Configuration {
  for (const name of Object.keys(configuration)) {
    if (!Object.hasOwn(definition.space, name)) throw new Error(`the study does not search ${name}`)
  }
  const valueOf = (name: (typeof hyperparameterNames)[number]): number | string => {
    const when = definition.space[name]?.when
    const searched = when && !isMet(when, configuration) ? undefined : configuration[name]
    return searched ?? definition.fixed[name] ?? hyperparameters[name].default
  }
  const all = Object.fromEntries(hyperparameterNames.map((name) => [name, valueOf(name)]))
  const meaningful = hyperparameterNames.filter((name) => {
    const condition = hyperparameters[name].appliesWhen
    return condition === null || isMet(condition, all)
  })
  return Object.fromEntries(meaningful.map((name) => [name, all[name] as number | string]))
}
