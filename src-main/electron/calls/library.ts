import type { libraryCalls } from '../../../src-core/contracts/window/libraryCalls.ts'
import { packTrials } from '../../../src-core/progress/packTrials.ts'
import type { StudySummary } from '../../../src-core/progress/readModel.ts'
import type { SourcedDefinition } from '../../studies/definitionSources.ts'
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
    await study.start()
    return study.snapshot().summary
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
      const snapshot = study.snapshot()
      return { ...snapshot, trials: packTrials(snapshot.trials) }
    },
    initialStudy: () => parts.initialStudy(),
  }
}
