import { SpiketuneError } from '../../src-core/errors/spiketuneError.ts'
import type { ToolResult } from './runTool.ts'

export const setupFailed = (message: string, details?: string): SpiketuneError =>
  new SpiketuneError('setup-failed', message, { details })

const noNetwork =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|getaddrinfo|Name or service not known|NewConnectionError|ReadTimeoutError|Temporary failure in name resolution|Max retries exceeded|Connection refused|network is unreachable|Could not resolve host/i

const noSpace = /ENOSPC|No space left|Disk quota exceeded/i

export const endOf = ({ code, signal }: Pick<ToolResult, 'code' | 'signal'>): string =>
  code === null ? `ended by ${signal ?? 'a signal'}` : `exit code ${code}`

/** What a tool's failure means, and what to do; `what` is what was to be done, such as `npm could not fetch ...`. */
export const toolFailed = (
  what: string,
  result: ToolResult,
  advice: string,
  withoutNetwork = 'The network or its registry cannot be reached: try again with a network.',
): SpiketuneError => {
  const output = result.output.trim()
  if (noSpace.test(output)) {
    return new SpiketuneError('disk-full', `${what}: no space is left on the disk. Free some, then try again.`, {
      details: output,
    })
  }
  return setupFailed(`${what} (${endOf(result)}). ${noNetwork.test(output) ? withoutNetwork : advice}`, output)
}
