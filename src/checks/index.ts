import type { Check } from '../check.ts'
import { authorizationResponseChecks } from './authorization-response.ts'
import { idTokenChecks, idTokenFormCheck } from './id-token.ts'
import { jwksChecks } from './jwks.ts'
import { metadataChecks } from './metadata.ts'
import { challengeChecks, userInfoChecks } from './resource.ts'
import { tokenResponseChecks } from './token-response.ts'

/** Every check, in the order of the steps in which it runs. */
export const checks: readonly Omit<Check<never>, 'test'>[] = [
  ...metadataChecks,
  ...jwksChecks,
  ...challengeChecks,
  ...authorizationResponseChecks,
  ...tokenResponseChecks,
  idTokenFormCheck,
  ...idTokenChecks,
  ...userInfoChecks,
]
