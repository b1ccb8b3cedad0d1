import { isLoopback, parseUrl } from '../oauth/url.ts'
import { presets } from '../providers/index.ts'
import type { Preset } from '../providers/preset.ts'
import type { Settings } from '../settings.ts'

/** The known provider that a server's URL belongs to: an issuer, a metadata URL or an endpoint. */
export function presetAt(url: string): Preset | undefined {
  return presets.find((preset) => patternsOf(preset).some((pattern) => pattern.test(url)))
}

/** Who takes any port of a loopback address, as RFC 8252 7.3 asks: a port that differs is no mistake there. */
export function portIgnoredBy({ server, redirectUri }: Pick<Settings, 'server' | 'redirectUri'>): string | undefined {
  const preset = presetAt(server.issuer ?? server.endpoints.authorization ?? '')
  const url = parseUrl(redirectUri)
  return preset?.redirect.port === 'any' && url && isLoopback(url) ? preset.name : undefined
}

function patternsOf({ server, asks }: Preset): RegExp[] {
  const { issuer, metadata, endpoints } = server
  const domains = asks.filter(({ name }) => name === 'domain').flatMap(({ example, usual }) => [example, usual ?? []].flat())
  return [issuer, metadata, endpoints?.authorization, endpoints?.token].flatMap((template) => (template === undefined ? [] : patternOf(template, domains)))
}

/** A template that begins with `{domain}` is known by the hosts of its examples, or else by the path behind it. */
function patternOf(template: string, domains: readonly string[]): RegExp[] {
  const path = template.replace(/^\{domain\}/, '').split(/\{[^}]*\}/).map(literal).join('[^/]+').replace(/\/$/, '/?')
  if (!template.startsWith('{domain}')) return [new RegExp(`^${path}`)]
  const hosts = domains.map(hostOf).filter((host) => host !== 'example.com')
  if (hosts.length > 0) return hosts.map((host) => new RegExp(`^https://([^/]+\\.)?${literal(host)}${path}`))
  return path.includes('/') && path !== '/?' ? [new RegExp(`^https?://[^/]+(/auth)?${path}`)] : []
}

/** The last two labels, which all tenants share. */
function hostOf(domain: string): string {
  const { hostname } = parseUrl(domain) ?? { hostname: domain }
  return hostname.split('.').slice(-2).join('.')
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
