import { buildAll } from '../../resources/scripts/common/build.mjs'
import { projectRoot } from '../../resources/scripts/common/projectRoot.mjs'

/** Builds what changed since the last build, once before the tests that start the built application. */
export default async function build(): Promise<void> {
  await buildAll(projectRoot)
}
