import { app } from 'electron'
import { type AnsweredMessage, answeredMessageSchema, type AskedMessage } from '../src-core/contracts/channel.ts'
import { StudyDevices } from './devices/studyDevices.ts'
import { registerAppScheme } from './electron/appProtocol.ts'
import { type Application, disposeBeforeQuit, startApplication } from './electron/application.ts'
import { readCommandLine } from './electron/commandLine.ts'
import { reportUnexpectedErrors } from './electron/crash.ts'
import { hardenEveryPage, refuseNetworkOfChromium } from './electron/hardening.ts'
import { claimSingleInstance } from './electron/singleInstance.ts'
import { createUtilityHost, createUtilityProcessHost } from './electron/utilityProcessHost.ts'
import { createExperimentSources } from './experiments/experimentSources.ts'
import { createKeeperThread } from './integrity/keeperThread.ts'
import { cacheFolder, libraryFolder, namesLibrary } from './library/libraryFolder.ts'
import { createStudyLibrary } from './library/studyLibrary.ts'
import { systemClock } from './scheduler/clock.ts'
import { createOptimiserThreadHost } from './scheduler/optimiserThread.ts'
import { createDecodingThread } from './studies/definitionDecoder.ts'
import { createDefinitionSources } from './studies/definitionSources.ts'

const at = (path: string): URL => new URL(path, import.meta.url)
const { library, ...asked } = readCommandLine(process.argv, { packaged: app.isPackaged, workingFolder: process.cwd() })
let application: Application | null = null

const start = (): void => {
  const workerHost = createUtilityProcessHost(at('./worker.js'))
  const devices = new StudyDevices(process.env)
  const decode = createDecodingThread(at('./decoding.js'))
  const optimiserHost = createOptimiserThreadHost(at('./optimiser.js'))
  const keeper = createKeeperThread(at('./keeper.js'))
  const definitions = createDefinitionSources(at('../../resources/presets/'), decode)
  application = startApplication({
    libraryFolder: library ?? (namesLibrary(process.env) ? libraryFolder(null, process.env) : null),
    openLibrary: (folder) =>
      createStudyLibrary({
        folder: libraryFolder(folder, process.env),
        workerHost,
        devices,
        optimiserHost,
        keeper,
        clock: systemClock,
        applicationVersion: app.getVersion(),
        cacheFolder: cacheFolder(process.env),
        decode,
      }),
    definitions,
    experiments: createExperimentSources(at('../../resources/experiments/'), definitions),
    decode,
    workerHost,
    devices,
    inspectorHost: createUtilityHost<AskedMessage, AnsweredMessage>(at('./inspector.js'), answeredMessageSchema),
    asked,
    files: {
      renderer: at('../renderer/'),
      preload: at('../preload/preload.cjs'),
      icon: at('../../resources/icons/spiketune.png'),
      kernel: at('../kernels/stdp.wasm'),
      models: at('./models.js'),
      stopReplay: at('./stopReplay.js'),
      diagnosis: at('./diagnosis.js'),
      launcher: at('./launcher.js'),
    },
  })
}

if (claimSingleInstance(asked, (requested) => application?.show(requested))) {
  reportUnexpectedErrors(() => application?.window ?? null)
  registerAppScheme()
  refuseNetworkOfChromium()
  hardenEveryPage()
  app.on('window-all-closed', () => {
    app.quit()
  })
  disposeBeforeQuit(async () => application?.dispose())
  void app.whenReady().then(start)
} else {
  app.quit()
}
