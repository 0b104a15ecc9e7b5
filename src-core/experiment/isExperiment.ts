import { isMap } from '../study/rawValues.ts'
import { parseYaml } from '../study/yamlSource.ts'

/** Whether a text is an experiment rather than the definition of a study, as far as can be seen. */
export const isExperimentText = (text: string): boolean => {
  try {
    const { value } = parseYaml(text, 'text')
    return isMap(value) && value['variants'] !== undefined
  } catch {
    return false
  }
}
