import { writeFile } from 'node:fs/promises'
import { clipboard } from 'electron'
import type { fileCalls } from '../../../src-core/contracts/window/fileCalls.ts'
import { explainFileError } from '../../library/fileErrors.ts'
import { chooseFileToSave } from '../dialogs.ts'
import type { CallParts, Handlers } from './callParts.ts'

export const createFileCalls = ({ window }: CallParts): Handlers<typeof fileCalls> => ({
  saveFile: async ({ kind, name, content }) => {
    const file = await chooseFileToSave(window, name, kind)
    if (file === null) return null
    try {
      await writeFile(file, content)
    } catch (error) {
      throw explainFileError(error, file)
    }
    return { file }
  },
  copyText: ({ text }) => {
    clipboard.writeText(text)
    return null
  },
})
