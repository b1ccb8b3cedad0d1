import { clientProbes } from './client.ts'
import { keyProbes } from './keys.ts'
import { lintProbes } from './lint.ts'
import { machineProbes } from './machine.ts'
import { metadataProbes } from './metadata.ts'
import { networkProbes } from './network.ts'
import type { Probe } from './probe.ts'
import { redirectProbes } from './redirect.ts'
import { requestProbes } from './request.ts'

/** Every probe. What causes other failures comes before them, so that the first failure is the one to look at. */
export const probes: readonly Probe[] = [
  ...machineProbes,
  ...networkProbes,
  ...metadataProbes,
  ...keyProbes,
  ...lintProbes,
  ...redirectProbes,
  ...requestProbes,
  ...clientProbes,
]
