/** Whether this is an installed Spiketune, which runs from its archive (docs/packaging.md), and no clone. */
export const isInstalled = import.meta.url.includes('/app.asar/')

/** How the command line is started here: an installed one is on the path, in a clone npm knows where it is. */
export const programName = isInstalled ? 'spiketune' : 'npx spiketune'

/** How the window is started here. */
export const windowCommand = isInstalled ? 'spiketune window' : 'npm start --'
