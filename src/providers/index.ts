import { apis } from './apis.ts'
import { identityServices } from './identity-services.ts'
import type { Preset } from './preset.ts'
import { selfHosted } from './self-hosted.ts'
import { social } from './social.ts'

/** Every preset, by the kind of provider. */
export const presetsByKind: Readonly<Record<string, readonly Preset[]>> = {
  'Identity services': identityServices,
  'Self-hosted': selfHosted,
  'Social logins': social,
  'APIs': apis,
}

export const presets: readonly Preset[] = Object.values(presetsByKind).flat()
