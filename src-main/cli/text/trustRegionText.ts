import type { RegionEvent, RegionTrial, TrustRegionHistory } from '../../../src-core/diagnostics/trustRegionHistory.ts'
import { countOf, formatValue } from './format.ts'
import { labelled } from './resultText.ts'
import type { Styles } from './styledLine.ts'

/** Changes listed, the last ones. */
const shownEvents = 8

/** The history of the trust region in a few lines. */
export const trustRegionText = ({ trials, events }: TrustRegionHistory, styles: Styles): string[] => {
  const regions = trials.filter((trial): trial is RegionTrial => trial.phase === 'region')
  const last = regions.at(-1)
  const title = styles.bold('Trust region')
  if (last === undefined) {
    return [title, trials.length === 0 ? '  No trial was asked for by SCBO.' : '  The initial design is not yet over.']
  }
  const count = (kind: RegionEvent['kind']): number => events.filter((event) => event.kind === kind).length
  const lengths = regions.map(({ length }) => length)
  const changes = events.filter(({ kind }) => kind !== 'moved')
  const pairs: [string, string][] = [
    ['trials', `${trials.length - regions.length} of initial designs, ${regions.length} in a region`],
    [
      'length',
      `${formatValue(last.length)} at last, from ${formatValue(Math.max(...lengths))} to ${formatValue(Math.min(...lengths))}`,
    ],
    [
      'centre',
      `trial ${last.centre}${last.centreFeasible ? '' : ', infeasible'}; it moved ${countOf(count('moved'), 'time')}`,
    ],
    ['counters', `${last.successes} successes, ${last.failures} failures in a row`],
    [
      'changes',
      `grown ${countOf(count('grown'), 'time')}, shrunk ${countOf(count('shrunk'), 'time')}, ${countOf(count('restart'), 'restart')}`,
    ],
    ...changes.slice(-shownEvents).map((event): [string, string] => ['', eventText(event)]),
  ]
  return [
    title,
    ...labelled(pairs, styles)
      .split('\n')
      .map((line) => `  ${line}`),
  ]
}

const eventText = (event: RegionEvent): string => {
  const at = `trial ${event.trial}:`
  switch (event.kind) {
    case 'restart':
      return `${at} restart${event.lastLength === null ? '' : `, the last length was ${formatValue(event.lastLength)}`}`
    case 'begun':
      return `${at} a region of length ${formatValue(event.length)} about trial ${event.centre}`
    case 'moved':
      return `${at} moved from trial ${event.from} to trial ${event.to}`
    case 'grown':
    case 'shrunk':
      return `${at} ${event.kind} from ${formatValue(event.from)} to ${formatValue(event.to)}`
  }
}
