// Stands in for Electron's own default app in the runtime from the npm registry, which comes without one: it starts the
// application whose folder or file is the first argument that is not a switch, as `electron <path>` does
// (https://github.com/electron/electron, default_app/main.ts).
import { readFileSync, existsSync } from 'node:fs'
import Module from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const { applicationPath, preloaded } = readArguments(process.argv.slice(1))
// Test drivers hand over a script that runs before the application: `-r <file>`.
if (preloaded.length > 0) Module._preloadModules(preloaded)
if (applicationPath === undefined) {
  process.stderr.write('usage: electron [switches] <folder or file of the application> [arguments]\n')
  app.exit(1)
} else {
  try {
    await start(resolve(applicationPath))
  } catch (error) {
    process.stderr.write(`the application threw an error while it was loaded: ${error?.stack ?? error}\n`)
    app.exit(1)
  }
}

function readArguments(args) {
  const preloaded = []
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index]
    if (argument === '-r' || argument === '--require') preloaded.push(args[(index += 1)])
    else if (!argument.startsWith('-')) return { applicationPath: argument, preloaded }
  }
  return { applicationPath: undefined, preloaded }
}

async function start(path) {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  const packageFile = join(path, 'package.json')
  const isFolder = existsSync(packageFile)
  if (isFolder) {
    const description = JSON.parse(readFileSync(packageFile, 'utf8'))
    if (description.version) app.setVersion(description.version)
    app.name = description.productName ?? description.name ?? app.name
    app.setDesktopName(description.desktopName ?? `${app.name}.desktop`)
  }
  const mainFile = Module._resolveFilename(path, null, true)
  app.setAppPath(isFolder ? path : dirname(mainFile))
  await import(pathToFileURL(mainFile).href)
}
