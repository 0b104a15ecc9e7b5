import { spawn } from 'node:child_process'

export interface Display {
  readonly name: string
  close(): void
}

/** The display that there is, or a screen of its own under Xvfb on a free number. */
export const openDisplay = async (): Promise<Display> => {
  const present = process.env['DISPLAY']
  if (process.platform !== 'linux' || (present !== undefined && present !== '')) {
    return { name: present ?? '', close: () => undefined }
  }
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = await new Promise<string>((resolve, reject) => {
    server.on('error', (error) => {
      reject(new Error(`Xvfb does not start: ${error.message}. Install it: apt-get install xvfb`))
    })
    server.on('exit', (code) => {
      reject(new Error(`Xvfb ended with code ${String(code)}`))
    })
    let text = ''
    server.stdio[3]?.on('data', (bytes: Buffer) => {
      text += bytes.toString()
      if (text.endsWith('\n')) resolve(text.trim())
    })
  })
  return {
    name: `:${number}`,
    close: () => {
      server.kill()
    },
  }
}
