import type { TrialRow } from '../../../src-core/progress/readModel.ts'

/** What people have said of a trial and done to it; empty when nothing. */
export const annotationPairs = ({ annotation, state, networkFile }: TrialRow): [label: string, value: string][] => {
  const { note, tags, pinned, excluded, damage } = annotation
  const lost = networkFile === null && state !== 'waiting' && state !== 'running'
  const keeps = lost ? 'yes; its network was not kept, or there is none' : 'yes, its network is kept'
  return [
    ...(note === '' ? [] : [['note', note] as [string, string]]),
    ...(tags.length === 0 ? [] : [['tags', tags.join(', ')] as [string, string]]),
    ...(pinned ? [['pinned', keeps] as [string, string]] : []),
    ...(excluded && damage === undefined ? [['left out', 'yes, it does not count'] as [string, string]] : []),
    ...(damage === undefined
      ? []
      : [['damaged', `${damage} ${excluded ? 'It is left out.' : 'It was put back.'}`] as [string, string]]),
  ]
}
