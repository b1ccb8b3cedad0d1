import type { Option } from 'commander'
import type { Outcome, Parameter } from '../events.ts'
import { escape } from '../render/escape.ts'
import { walkOptions } from './options.ts'
import type { Given } from './settings.ts'

/** What the walk takes about itself and its reports is of no use to doctor. */
const LEFT_OUT = new Set(['--offline', '--browser', '--no-pause', '--wait'])
const GROUPS = ['Where to walk:', 'As whom:', 'What to ask for:', 'How to walk:']

/** The flags that doctor shares with the walk, by their heading in the help. */
export function sharedOptions(): [group: string, options: Option[]][] {
  const shared = Object.entries(walkOptions()).filter(([group]) => GROUPS.includes(group))
  return shared.map(([group, options]) => [group, options.filter(({ long }) => !LEFT_OUT.has(long ?? ''))])
}

/** The server said no, could not be reached, let nobody come back, or is another one: doctor may know why. */
export function isForDoctor({ status, exit, error }: Outcome): boolean {
  return status === 'failed' && ([3, 6, 7].includes(exit) || /^(metadata|jwks)-/.test(error?.check ?? ''))
}

/**
 * The command that examines what was typed, to be pasted into a shell. A secret is in none of the flags.
 * @returns undefined where no server was named
 */
export function doctorLine({ issuer, flags }: Pick<Given, 'issuer' | 'flags'>): string | undefined {
  const { provider, profile, metadata, tokenEndpoint, practice } = flags
  if (practice || (issuer ?? provider ?? profile ?? metadata ?? tokenEndpoint) === undefined) return undefined
  const given = sharedOptions().flatMap(([, options]) => options.flatMap((option) => spoken(option, flags)))
  return escape(['authwalk doctor', ...(issuer === undefined ? [] : [word(issuer)]), ...given].join(' '))
}

function spoken(option: Option, flags: Given['flags']): string[] {
  const name = option.attributeName()
  const value: unknown = Object.entries(flags).find(([flag]) => flag === name)?.[1]
  if (value === undefined || value === option.defaultValue) return []
  if (value === true) return [String(option.long)]
  return [value].flat().map((one) => `${option.long} ${word(isParameter(one) ? `${one.name}=${one.value}` : String(one))}`)
}

function isParameter(value: unknown): value is Parameter {
  return typeof value === 'object' && value !== null && 'name' in value && 'value' in value
}

/** One word for a shell. */
function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
