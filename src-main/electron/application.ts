import { existsSync } from 'node:fs'
import { app, type BrowserWindow, nativeTheme, session } from 'electron'
import type { RequestedFile, Settings, Theme } from '../../src-core/contracts/window.ts'
import { createDiagnosisThreads } from '../diagnosis/diagnosisThread.ts'
import { StudyAnalyses } from '../diagnosis/studyAnalyses.ts'
import { DatasetPreviews } from '../inspection/datasetPreviews.ts'
import { Inspections } from '../inspection/inspections.ts'
import type { ExperimentSources } from '../experiments/experimentSources.ts'
import type { InspectorHost } from '../inspection/inspectorProcess.ts'
import { systemClock } from '../scheduler/clock.ts'
import type { DefinitionDecoder } from '../studies/definitionDecoder.ts'
import type { DefinitionSources } from '../studies/definitionSources.ts'
import type { OpenStudy, StudyLibrary } from '../studies/studyService.ts'
import type { StudyDevices } from '../devices/studyDevices.ts'
import type { WorkerHost } from '../workers/workerHost.ts'
import { serveApp } from './appProtocol.ts'
import { Attention } from './attention.ts'
import { ChangeFeed } from '../studies/changeFeed.ts'
import { guardClosing } from './closing.ts'
import { recoverPage } from './crash.ts'
import { askToRead, askToRunHooks, chooseStudyFolder } from './dialogs.ts'
import { hardenSession } from './hardening.ts'
import { Libraries } from './libraries.ts'
import { connectCalls, connectDrops, sendEvent } from './ipc.ts'
import { launchFromWindow } from './launchFromWindow.ts'
import { type MenuActions, showMenu } from './menu.ts'
import { NamedPlaces } from './namedPlaces.ts'
import { OpenStudies } from './openStudies.ts'
import { SettingsStore } from './settings.ts'
import type { Asked } from './singleInstance.ts'
import { StudyStarts } from './studyStarts.ts'
import { bringForward, createWindow, loadPage } from './window.ts'
import { WindowExperiments } from './windowExperiments.ts'
import { createWindowService } from './windowService.ts'
import { WrittenDefinitions } from './writtenDefinitions.ts'

/** Changes of a study reach the window at most ten times a second: more than an eye follows, less than a frame costs. */
const changeIntervalMs = 100

interface ApplicationParts {
  /** The library that the command line or the environment names; null: none, so that the one used last is shown. */
  readonly libraryFolder: string | null
  /** Opens the library in a folder; null: the user's own. */
  readonly openLibrary: (folder: string | null) => StudyLibrary
  readonly definitions: DefinitionSources
  readonly experiments: ExperimentSources
  readonly decode: DefinitionDecoder
  /** For work beside the studies' own. */
  readonly workerHost: WorkerHost
  readonly devices: StudyDevices
  readonly inspectorHost: InspectorHost
  /** The study or the file that the command line names. */
  readonly asked: Asked
  /** What the build and the resources hold, file: URLs. */
  readonly files: {
    readonly renderer: URL
    readonly preload: URL
    readonly icon: URL
    readonly kernel: URL
    readonly models: URL
    readonly stopReplay: URL
    readonly diagnosis: URL
    /** Starts processes in the background. */
    readonly launcher: URL
  }
}

export interface Application {
  readonly window: BrowserWindow
  /** Shows a study, opens a file, or only comes to the front. */
  show(asked: Asked): void
  dispose(): Promise<void>
}

/** The last study looked at, if it is still there. */
const lastStudy = ({ recentStudies }: Settings): string | null => {
  const folder = recentStudies[0]
  return folder !== undefined && existsSync(folder) ? folder : null
}

/** Builds the application around a library of studies and opens its window. The Electron application must be ready. */
export const startApplication = ({
  libraryFolder,
  openLibrary,
  definitions,
  experiments: experimentSources,
  decode,
  workerHost,
  devices,
  inspectorHost,
  asked,
  files,
}: ApplicationParts): Application => {
  const settings = new SettingsStore(app.getPath('userData'))
  nativeTheme.themeSource = settings.settings.theme
  hardenSession(session.defaultSession)
  serveApp(session.defaultSession, files.renderer)

  const window = createWindow(settings, files)
  const attention = new Attention()
  const feed = new ChangeFeed({
    send: (change) => {
      sendEvent(window, 'studyChanged', change)
    },
    intervalMs: changeIntervalMs,
    nowMs: () => systemClock.monotonicMs(),
  })
  const named =
    asked.study === null ? settings.settings.recentStudies : [asked.study, ...settings.settings.recentStudies]
  const inspections = new Inspections(inspectorHost)
  const analyses = new StudyAnalyses(files)
  const library = openLibrary(libraryFolder ?? settings.libraries.find((folder) => existsSync(folder)) ?? null)
  const studies = new OpenStudies(library, named, {
    changed: (change, inView) => {
      feed.push(change, inView)
      attention.update(change.summary, window)
    },
    confirmed: (folder, confirmation) => {
      sendEvent(window, 'confirmationChanged', { folder, confirmation })
    },
    movedOver: (folder) => {
      sendEvent(window, 'studyMovedOver', { folder })
    },
    held: (message) => {
      sendEvent(window, 'databaseHeld', { message })
    },
    left: (folder) => {
      analyses.endWork(folder)
    },
    closed: (folder) => {
      inspections.closeAll(folder)
      // What it told last must not reach the page after the snapshot of the same study opened anew.
      feed.flush()
    },
  })

  const starts = new StudyStarts({
    ask: (name, hooks) => askToRunHooks(window, name, hooks),
    failed: (message) => {
      sendEvent(window, 'hookFailed', { message })
    },
  })
  const leave = async (study: OpenStudy): Promise<void> => {
    const hooks = await starts.release(study.folder)
    await studies.leave(study.folder, ({ folder }) => launchFromWindow(files.launcher, { folder, hooks }))
  }

  const experiments = new WindowExperiments(studies, experimentSources, {
    changed: (experiment) => {
      sendEvent(window, 'experimentChanged', experiment)
    },
    noticed: (notice) => {
      sendEvent(window, 'experimentNoticed', notice)
    },
    held: (message) => {
      sendEvent(window, 'databaseHeld', { message })
    },
  })

  let firstStudy = asked.study ?? lastStudy(settings.settings)
  let waitingFile = asked.file
  const show = (requested: string): void => {
    bringForward(window)
    studies.name(requested)
    // A page that is still loading misses the event, and asks for the first study when it is ready.
    firstStudy = requested
    sendEvent(window, 'studyRequested', { id: requested })
  }
  const showAsked = ({ study, file }: Asked): void => {
    bringForward(window)
    if (study !== null) show(study)
    if (file === null) return
    // A page that is still loading misses the event, and asks when it is ready.
    waitingFile = file
    sendEvent(window, 'fileRequested', null)
  }
  const takeFile = (): RequestedFile | null => {
    if (waitingFile === null) return null
    const path = waitingFile
    waitingFile = null
    return { file: places.name(path), kind: /\.csv(?:\.gz)?$/i.test(path) ? 'log' : 'definition' }
  }
  const settingsChanged = (changed: Settings): void => {
    showMenu(changed, menuActions)
    sendEvent(window, 'settingsChanged', changed)
  }
  const applyTheme = (theme: Theme): Settings => {
    nativeTheme.themeSource = theme
    const changed = settings.writeTheme(theme)
    settingsChanged(changed)
    return changed
  }
  const menuActions: MenuActions = {
    choose: (item) => {
      sendEvent(window, 'menuItemChosen', { item })
    },
    openFolder: () =>
      void chooseStudyFolder(window, studies.library.folder).then((folder) => folder !== null && show(folder)),
    openRecent: show,
    setTheme: applyTheme,
  }

  const previews = new DatasetPreviews(inspectorHost, systemClock)
  const endInspections = (): void => {
    inspections.closeAll()
    previews.close()
  }
  // A page that goes takes its inspections along: the next one numbers its own from the start.
  window.webContents.on('did-navigate', endInspections)
  window.webContents.on('render-process-gone', endInspections)

  const places = new NamedPlaces(settings.places, (named) => {
    settings.writePlaces(named)
  })
  // Apart from those that a person named, which many saved figures would drive out.
  const saved = new NamedPlaces([], () => undefined)
  const written = new WrittenDefinitions(places, (paths) => askToRead(window, paths), decode)
  const disconnectDrops = connectDrops(window, (path) => places.name(path))

  const initialStudy = (): string | null => studies.inView?.folder ?? firstStudy
  const disconnectCalls = connectCalls(
    window,
    createWindowService({
      window,
      studies,
      starts,
      leave,
      settings,
      libraries: new Libraries(studies, settings, openLibrary),
      definitions,
      experiments,
      places,
      saved,
      written,
      workerHost,
      devices,
      kernel: files.kernel,
      analyses,
      diagnose: createDiagnosisThreads(files.diagnosis),
      inspections,
      previews,
      initialStudy,
      takeFile,
      changesShown: () => {
        feed.shown()
      },
      applyTheme,
      settingsChanged,
    }),
  )
  const releaseDevices = devices.subscribe((notice) => {
    sendEvent(window, 'deviceNoticed', { notice })
  })
  devices.lookAhead()
  showMenu(settings.settings, menuActions)
  guardClosing(window, studies, leave)
  recoverPage(window)
  void loadPage(window)

  return {
    window,
    show: showAsked,
    async dispose() {
      disconnectCalls()
      disconnectDrops()
      releaseDevices()
      analyses.dispose()
      feed.dispose()
      attention.dispose()
      endInspections()
      await experiments.end()
      await studies.closeAll()
      await starts.finished()
      // Looks are not worth an error at the end.
      await settings.written().catch(() => undefined)
    },
  }
}

/** Waits with the end of the application until everything is put away. */
export const disposeBeforeQuit = (dispose: () => Promise<void>): void => {
  let disposed = false
  app.on('will-quit', (event) => {
    if (disposed) return
    event.preventDefault()
    void dispose().finally(() => {
      disposed = true
      // Not `quit`: within the event Electron takes itself to be quitting already, and ignores the call. Everything
      // is put away, so nothing is left to be asked.
      app.exit()
    })
  })
}
