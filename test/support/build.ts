import { buildAll } from '../../resources/setup/common/build.mjs'
import { projectRoot } from '../../resources/setup/common/projectRoot.mjs'

/** Builds what changed since the last build, once before the tests that start the built application. */
export default async function build(): Promise<void> {
  await buildAll(projectRoot)
}
