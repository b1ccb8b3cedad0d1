import { UsageError } from '../errors.ts'
import { parseUrl } from '../oauth/url.ts'
import type { Preset } from '../providers/preset.ts'
import { filled, type Values } from './provider.ts'
import { CONFIDENCE } from './provider-text.ts'

const PORT = '8765'

/**
 * The redirect URI to use at a known provider: the one that was typed, else the form that is accepted there.
 * @throws UsageError for one that the provider is documented to refuse, before a browser shows it
 */
export function redirectUriAt(preset: Preset, typed: string | undefined): string {
  const { register, accepts } = preset.redirect
  if (typed === undefined && register === undefined) throw refused(preset, 'any address on this machine over http')
  if (typed === undefined) return withPort(register ?? '')
  const { protocol, hostname = '' } = parseUrl(typed) ?? {}
  const hosts: Readonly<Record<string, string>> = accepts
  const refuses = protocol === 'http:' && hosts[hostname] === 'no' && preset.confidence.redirect === 'documented'
  if (refuses) throw refused(preset, `http://${hostname}`)
  return typed
}

/** Where in the console it goes, in which form, and how sure that is. */
export function adviceOn(preset: Preset, redirectUri: string, values: Values): string[] {
  const { name, redirect, console, confidence, pkce } = preset
  const portless = redirect.register !== undefined && redirectUri === withPort(redirect.register) ? redirect.register : undefined
  const where = `${console.path}${console.url === undefined ? '' : ` (${filled(console.url, values)})`}`
  return [
    `At ${name} register ${portless?.replace('{port}', PORT) ?? redirectUri} as ${console.field}: ${where}.`,
    `${redirect.says} (${CONFIDENCE[confidence.redirect]})`,
    ...(pkce.method === 'none' ? [`PKCE is not used at ${name}. ${pkce.says}`] : []),
  ]
}

function withPort(template: string): string {
  return template.includes('{port}') ? template.replace('{port}', PORT) : template.replace(/^(https?:\/\/[^/]+)/, `$1:${PORT}`)
}

function refused({ id, name, redirect, sources }: Preset, what: string): UsageError {
  return new UsageError({
    happened: `${name} does not take ${what} as a redirect URI`,
    means: `${redirect.says} No browser was opened and nothing was sent.`,
    tries: redirect.register === undefined
      ? ['--redirect-uri https://<host of a tunnel>/callback --listen http://127.0.0.1:8765', `authwalk providers ${id}`]
      : [`--redirect-uri ${withPort(redirect.register)}, or leave the flag out`, `authwalk providers ${id}`],
    read: [`authwalk providers ${id}`, ...sources.slice(0, 1)],
  })
}
