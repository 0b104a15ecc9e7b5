import { SpiketuneError } from '../../../src-core/errors/spiketuneError.ts'
import type { ToolResult } from './runTool.ts'

export const setupFailed = (message: string, details?: string): SpiketuneError =>
  new SpiketuneError('setup-failed', message, { details })

const noNetwork =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|getaddrinfo|Temporary failure in name resolution|Max retries exceeded|Connection refused|network is unreachable|Could not resolve host/i

/** What a tool's failure means, and what to do; `what` is what was to be done, such as `npm could not fetch ...`. */
export function toolFailed(what: string, { code, output }: ToolResult, advice: string): SpiketuneError {
  const reason = noNetwork.test(output)
    ? 'The network or its registry cannot be reached: try again with a network.'
    : /ENOSPC|No space left/i.test(output)
      ? 'There is no space left on the disk.'
      : advice
  return setupFailed(`${what} (exit code ${code ?? 'none, it was killed'}). ${reason}`, output.trim())
}
