import { clipboard } from 'electron'
import type { fileCalls } from '../../../src-core/contracts/window/fileCalls.ts'
import { writeWhole } from '../../files/writeWhole.ts'
import { chooseFileToSave } from '../dialogs.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createFileCalls = ({ window }: CallParts): Handlers<typeof fileCalls> => ({
  saveFile: async ({ kind, name, content }) => {
    const file = await chooseFileToSave(window, name, kind)
    if (file === null) return null
    await writeWhole(file, content)
    return { file }
  },
  copyText: ({ text }) => {
    clipboard.writeText(text)
    return null
  },
})
