import { clipboard, shell } from 'electron'
import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { fileCalls } from '../../../src-core/contracts/window/fileCalls.ts'
import { writeWhole } from '../../files/writeWhole.ts'
import { chooseFileToSave } from '../dialogs.ts'
import { printDrawing } from '../report.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createFileCalls = ({ window, saved, studies }: CallParts): Handlers<typeof fileCalls> => ({
  saveFile: async ({ kind, name, content }) => {
    const file = await chooseFileToSave(window, name, kind)
    if (file === null) return null
    await writeWhole(file, kind === 'pdf' && typeof content === 'string' ? await printDrawing(content) : content)
    return { file, place: saved.name(file) }
  },
  showInFolder: ({ place }) => {
    shell.showItemInFolder(saved.pathOf(place))
    return null
  },
  showStudyFolder: ({ id }) =>
    studies.use(id, async ({ folder }) => {
      const problem = await shell.openPath(folder)
      if (problem !== '') throw new SpiketuneError('folder-not-shown', `${folder} could not be shown: ${problem}`)
      return null
    }),
  copyText: ({ text }) => {
    clipboard.writeText(text)
    return null
  },
})
