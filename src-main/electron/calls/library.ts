import type { libraryCalls } from '../../../src-core/contracts/window/libraryCalls.ts'
import { packingSteps } from '../../../src-core/progress/packTrials.ts'
import type { StudySummary, TrialRow } from '../../../src-core/progress/readModel.ts'
import type { SourcedDefinition } from '../../studies/definitionSources.ts'
import { inTurns } from '../../studies/inTurns.ts'
import type { OpenStudy } from '../../studies/studyService.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createLibraryCalls = (parts: CallParts): Handlers<typeof libraryCalls> => {
  const { studies, settings, definitions, written } = parts

  const remember = (study: OpenStudy): void => {
    parts.settingsChanged(settings.addRecentStudy(study.folder))
  }
  const start = async ({ definition, source }: SourcedDefinition): Promise<StudySummary> => {
    const study = await studies.create(definition, source)
    remember(study)
    await parts.starts.start(study)
    return study.summary()
  }

  return {
    listStudies: () => studies.list(),
    listPresets: () => definitions.listPresets(),
    startPreset: async ({ preset }) => start(await definitions.readPreset(preset)),
    openStudy: async ({ id }) => {
      const study = await studies.view(id)
      remember(study)
      // Whoever copies or forks the study trains on the same data.
      written.nameAll(study.definition)
      return packed(study)
    },
    changesShown: () => {
      parts.changesShown()
      return null
    },
    initialStudy: () => parts.initialStudy(),
  }
}

/** A study for the window. What happens while its trials are packed is told with them: the page does not know the study yet. */
const packed = async (study: OpenStudy) => {
  const { trials: rows, ...rest } = study.snapshot()
  const changed = new Map<number, TrialRow>()
  const unsubscribe = study.subscribe(({ trials }) => {
    for (const row of trials) changed.set(row.number, row)
  })
  try {
    const trials = await inTurns(packingSteps(rows))
    return { ...rest, summary: study.summary(), trials, changed: [...changed.values()] }
  } finally {
    unsubscribe()
  }
}
