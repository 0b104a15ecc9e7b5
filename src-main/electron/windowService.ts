import type { BrowserWindow } from 'electron'
import type { Settings, Theme } from '../../src-core/contracts/window.ts'
import { whyThisPoint } from '../../src-core/progress/whyThisPoint.ts'
import type { StudySummary } from '../../src-core/progress/readModel.ts'
import type { DefinitionSources, SourcedDefinition } from '../studies/definitionSources.ts'
import type { OpenStudy } from '../studies/studyService.ts'
import { chooseDefinitionFile, chooseExportFolder } from './dialogs.ts'
import type { WindowHandlers } from './ipc.ts'
import type { OpenStudies } from './openStudies.ts'
import type { SettingsStore } from './settings.ts'

export interface WindowServiceParts {
  readonly window: BrowserWindow
  readonly studies: OpenStudies
  readonly settings: SettingsStore
  readonly definitions: DefinitionSources
  /** The study that a page shows first: a page that is loaded again goes on with the one in view. */
  initialStudy(): string | null
  applyTheme(theme: Theme): Settings
  settingsChanged(settings: Settings): void
}

/** Answers what the window asks, in terms of the same studies that serve the command line. */
export const createWindowService = (parts: WindowServiceParts): WindowHandlers => {
  const { window, studies, settings, definitions } = parts

  const summaryOf = (study: OpenStudy): StudySummary => study.snapshot().summary

  const remember = (study: OpenStudy): void => {
    parts.settingsChanged(settings.addRecentStudy(study.folder))
  }

  const start = async ({ definition, source }: SourcedDefinition): Promise<StudySummary> => {
    const study = await studies.create(definition, source)
    remember(study)
    await study.start()
    return summaryOf(study)
  }

  return {
    listStudies: () => studies.list(),
    listPresets: () => definitions.listPresets(),
    startPreset: async ({ preset }) => start(await definitions.readPreset(preset)),
    startFromFile: async () => {
      const path = await chooseDefinitionFile(window)
      return path === null ? null : start(await definitions.readFile(path))
    },
    openStudy: async ({ id }) => {
      const study = await studies.view(id)
      remember(study)
      return study.snapshot()
    },
    explainTrial: ({ id, number }) =>
      studies.use(id, (study) => {
        const trial = study.trial(number)
        return trial === null ? [] : whyThisPoint(trial.explanation, Object.keys(study.definition.space))
      }),
    initialStudy: () => parts.initialStudy(),
    resumeStudy: ({ id }) =>
      studies.use(id, async (study) => {
        await study.start()
        return summaryOf(study)
      }),
    pauseStudy: ({ id }) =>
      studies.use(id, (study) => {
        study.pause()
        return summaryOf(study)
      }),
    stopStudy: ({ id }) =>
      studies.use(id, async (study) => {
        await study.stop()
        return summaryOf(study)
      }),
    exportBest: async ({ id }) => {
      const folder = await chooseExportFolder(window)
      if (folder === null) return null
      const { yaml, json, safetensors } = await studies.use(id, (study) => study.exportBest(folder))
      return { files: [yaml, json, ...(safetensors === null ? [] : [safetensors])] }
    },
    readSettings: () => settings.settings,
    writeTheme: ({ theme }) => parts.applyTheme(theme),
  }
}
