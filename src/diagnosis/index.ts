import type { Rule } from './rule.ts'
import { apiRules } from './rules/apis.ts'
import { authorizationRules } from './rules/authorization.ts'
import { entraRules } from './rules/entra.ts'
import { identityServiceRules } from './rules/identity-services.ts'
import { resourceRules } from './rules/resource.ts'
import { selfHostedRules } from './rules/self-hosted.ts'
import { socialRules } from './rules/social.ts'
import { tokenRules } from './rules/token.ts'

/** What every known error means: those of the specifications first, then the providers' own messages. */
export const rules: readonly Rule[] = [
  ...authorizationRules,
  ...tokenRules,
  ...resourceRules,
  ...entraRules,
  ...identityServiceRules,
  ...selfHostedRules,
  ...socialRules,
  ...apiRules,
]
