import { UsageError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { presets } from '../providers/index.ts'
import type { Preset, Variable } from '../providers/preset.ts'
import type { Server } from '../settings.ts'
import type { Flags } from './options.ts'
import type { Ask } from './settings.ts'
import { conflict, wrongValue } from './usage.ts'
import { endpoint, isUrl } from './values.ts'

/** What a template of a preset is filled with. */
export type Values = Readonly<Partial<Record<Variable['name'], string>>>

/** @throws UsageError with the ids that look alike */
export function findPreset(id: string): Preset {
  const wanted = id.toLowerCase()
  const found = presets.find((preset) => preset.id === wanted)
  if (found) return found
  const near = nearest(wanted, presets.map((preset) => preset.id), 3)
  const alike = presets.filter((preset) => near.includes(preset.id) || preset.name.toLowerCase().includes(wanted))
  throw new UsageError({
    happened: '--provider takes the id of a known provider',
    means: 'A preset knows how one provider wants to be spoken to. Any other provider works by its issuer.',
    tries: [...alike.map((preset) => `--provider ${preset.id}, for ${preset.name}`), 'authwalk providers'].slice(-4),
    read: ['authwalk providers'],
  })
}

/**
 * The provider's server. One that the person named comes first: the preset then knows how to speak to it, and with
 * everything it asks for given, which issuer a metadata URL has to be of.
 */
export async function serverAt(preset: Preset, flags: Flags, named: Server | undefined, ask: Ask): Promise<{ server: Server; values: Values }> {
  refuseUnused(preset, flags)
  const { issuer, metadata, endpoints } = preset.server
  if (named) {
    const values = knownValues(preset, flags)
    const known = issuer !== undefined && preset.asks.every(({ name }) => values[name] !== undefined)
    return { server: known && named.issuer === undefined && named.metadataUrl ? { ...named, issuer: filled(issuer, values) } : named, values }
  }
  const values: Partial<Record<Variable['name'], string>> = knownValues(preset, flags)
  for (const variable of preset.asks) values[variable.name] ??= valueOf(variable, variable.usual ?? await ask.variable(preset, variable))
  if (endpoints) return { server: { endpoints }, values }
  if (metadata !== undefined) return { server: { metadataUrl: filled(metadata, values), endpoints: {} }, values }
  return { server: { issuer: issuer === undefined ? await ask.issuer(preset) : filled(issuer, values), endpoints: {} }, values }
}

/** `{region}` is the beginning of a Cognito pool’s id. What the person has not said yet stays as it is. */
export function filled(template: string, { tenant, domain, app }: Values): string {
  const known: Readonly<Record<string, string | undefined>> = { tenant, domain, app, region: tenant?.split('_')[0] }
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? whole)
}

/**
 * The text for a variable, made fit for its place in a URL.
 * @throws UsageError
 */
export function valueOf({ name, example, pattern }: Variable, text: string): string {
  const flag = `--${name}`
  if (name === 'domain') {
    const url = isUrl(text) ? text : `https://${text}`
    if (!HOST_AND_PATH.test(url.replace(/^https?:\/\//i, ''))) throw wrongValue(flag, 'a host, or a whole URL', example)
    return endpoint(flag)(url).replace(/\/$/, '')
  }
  if (pattern ? !pattern.test(text) : !NAME.test(text)) throw wrongValue(flag, pattern ? `a value such as ${example}` : 'a name of letters, digits and - . _ ~', example)
  return text
}

/** What a URL can hold as one part of its path or host, and nothing that would lead elsewhere. */
const NAME = /^(?!\.+$)[\w.~-]+$/
const HOST_AND_PATH = /^[\w.-]+(:\d+)?(\/[\w.~/-]*)?$|^\[[0-9a-f:]+\](:\d+)?(\/[\w.~/-]*)?$/i

function knownValues({ asks }: Preset, flags: Flags): Partial<Record<Variable['name'], string>> {
  return Object.fromEntries(asks.flatMap((variable) => {
    const text = flags[variable.name]
    return text === undefined ? [] : [[variable.name, valueOf(variable, text)]]
  }))
}

function refuseUnused({ id, asks, name }: Preset, flags: Flags): void {
  for (const variable of ['tenant', 'domain', 'app'] as const) {
    if (flags[variable] !== undefined && !asks.some((asked) => asked.name === variable)) throw conflict(`--provider ${id}`, `--${variable}`, `${name} has no place for it.`)
  }
}
