/** Numbers of an estimate as the window writes them. */
import type { NumberForms } from '../../src-core/study/estimateText.ts'
import { formatBytes, formatCount, formatDuration, formatPlural } from '../trials/format.ts'

export const numberForms: NumberForms = {
  duration: formatDuration,
  count: formatCount,
  plural: (count, one) => formatPlural(count, one),
  bytes: formatBytes,
}
