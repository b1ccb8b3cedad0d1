import { UsageError } from '../errors.ts'
import { presets } from '../providers/index.ts'
import type { Preset } from '../providers/preset.ts'

/** @throws UsageError with the ids that look alike */
export function findPreset(id: string): Preset {
  const wanted = id.toLowerCase()
  const found = presets.find((preset) => preset.id === wanted)
  if (found) return found
  const alike = presets.filter((preset) => preset.id.startsWith(wanted.slice(0, 2)) || preset.name.toLowerCase().includes(wanted))
  throw new UsageError({
    happened: '--provider takes the id of a known provider',
    means: 'A preset knows how one provider wants to be spoken to. Any other provider works by its issuer.',
    tries: [...alike.map((preset) => `--provider ${preset.id}, for ${preset.name}`), 'authwalk providers'].slice(0, 4),
    read: ['authwalk providers'],
  })
}
