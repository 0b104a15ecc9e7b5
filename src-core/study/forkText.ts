import type { Parameter } from '../space/parameter.ts'
import type { StudyDefinition } from './definition.ts'

const boundsText = (parameter: Parameter): string =>
  'low' in parameter ? `${parameter.low} to ${parameter.high}` : 'choices that differ'

/** What the log book of a fork says of where it is from, and of the bounds that are not those of the study. */
export const forkText = (
  { id, definition }: { readonly id: string; readonly definition: StudyDefinition },
  fork: StudyDefinition,
): string => {
  const names = [...new Set([...Object.keys(definition.space), ...Object.keys(fork.space)])]
  const changes = names.flatMap((name) => {
    const [was, is] = [definition.space[name], fork.space[name]]
    if (was === undefined) return [`${name} is searched too`]
    if (is === undefined) return [`${name} is searched no longer`]
    if (JSON.stringify(was) === JSON.stringify(is)) return []
    return [`${name} from ${boundsText(was)} to ${boundsText(is)}`]
  })
  return `Forked from ${id}${changes.length === 0 ? ', with its bounds.' : `. Bounds changed: ${changes.join('; ')}.`}`
}
