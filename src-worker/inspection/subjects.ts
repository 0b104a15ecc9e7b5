import type { NetworkSource } from '../../src-core/contracts/inspector.ts'
import type { TrainingDevices } from '../training/trialTraining.ts'
import type { Pacer } from '../training/pacer.ts'
import type { InspectedSubject, SubjectParts } from './inspectedSubject.ts'
import { InspectedLayered } from './layered/layeredSubject.ts'
import { restoreLayered, retrainLayered } from './layered/retrainLayered.ts'
import { readNetworkFile } from './readNetworkFile.ts'
import { restoreSubject } from './stdp/restoreSubject.ts'
import { retrainSubject } from './stdp/retrainSubject.ts'
import { StdpSubject } from './stdp/stdpSubject.ts'

/**
 * The network of a trial from its file.
 * @throws {SpiketuneError} network-damaged; dataset-damaged when the files of the dataset are others now
 */
export const restoredSubject = (
  parts: SubjectParts,
  { path, samplesTrained, sha256 }: Extract<NetworkSource, { readonly kind: 'file' }>,
  devices: TrainingDevices,
): Promise<InspectedSubject> => {
  const { request, dataset } = parts
  return readNetworkFile<InspectedSubject>({ path, sha256 }, request, dataset, (file) => {
    if (request.definition.network.type === 'layered') {
      return new InspectedLayered({ ...parts, ...restoreLayered(parts, file, devices) }, devices)
    }
    const { kernel } = devices
    return new StdpSubject({ ...parts, ...restoreSubject(parts, file, kernel, samplesTrained) }, kernel)
  })
}

/**
 * The network of a trial, trained again from its seed.
 * @throws {Cancelled} when it was called off
 * @throws {NonFinite | ImpossibleNetwork | OutOfMemory} as the trial did, if it failed
 */
export const retrainedSubject = async (
  parts: SubjectParts,
  devices: TrainingDevices,
  pacer: Pacer,
): Promise<InspectedSubject> => {
  if (parts.request.definition.network.type === 'layered') {
    return new InspectedLayered({ ...parts, ...(await retrainLayered({ ...parts, devices, pacer })) }, devices)
  }
  const { kernel } = devices
  return new StdpSubject({ ...parts, ...(await retrainSubject({ ...parts, kernel, pacer })) }, kernel)
}
