import type { Check } from '../check.ts'
import { authorizationResponseChecks } from './authorization-response.ts'
import { dialectChecks } from './dialect.ts'
import { idTokenChecks, idTokenFormCheck } from './id-token.ts'
import { jwksChecks } from './jwks.ts'
import { byteOrderMarkCheck } from './json.ts'
import { metadataChecks } from './metadata.ts'
import { registrationChecks } from './registration.ts'
import { challengeChecks, signedUserInfoChecks, userInfoChecks } from './resource.ts'
import { tokenResponseChecks } from './token-response.ts'

/** Every check, in the order of the steps in which it runs; registration has a command of its own. */
export const checks: readonly Omit<Check<never>, 'test'>[] = [
  byteOrderMarkCheck,
  dialectChecks.metadata,
  ...metadataChecks,
  ...jwksChecks,
  ...challengeChecks,
  ...authorizationResponseChecks,
  dialectChecks['token-response'],
  ...tokenResponseChecks,
  idTokenFormCheck,
  ...idTokenChecks,
  ...signedUserInfoChecks,
  ...userInfoChecks,
  ...registrationChecks,
]
