import { isFileError } from '../files/fileErrors.ts'

/** No file that is kept beside a study is worth the study: what the system reports of it changes nothing that was measured. */
export const unlessDiskFails = <Result>(step: () => Result, otherwise: Result): Result => {
  try {
    return step()
  } catch (error) {
    if (!isFileError(error)) throw error
    return otherwise
  }
}
