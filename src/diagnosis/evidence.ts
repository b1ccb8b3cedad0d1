import { clientAuthenticationMethods, formEncode, registeredName } from '../oauth/client-authentication.ts'
import type { Cause, Facts, Seen } from './rule.ts'

/** Causes that a walk's own settings and the server's metadata can speak for. */

export const wrongMethod = cause('the server wants another way of client authentication', ({ authMethod, metadata }) => {
  const listed = metadata?.token_endpoint_auth_methods_supported
  if (!authMethod || !listed || listed.includes(registeredName(authMethod))) return undefined
  const [usable] = listed.filter((method) => Object.hasOwn(clientAuthenticationMethods, method))
  return {
    evidence: `its metadata lists ${listed.join(', ') || 'none'}, and ${authMethod} was used`,
    ...(usable === undefined ? {} : { fix: `authwalk … --auth-method ${usable}` }),
  }
})

export const encodedSecret = cause('the server does not decode what the header carries form-encoded', ({ authMethod, settings }) => {
  if (authMethod !== 'client_secret_basic' || !settings) return undefined
  const { id, secret = '' } = settings.client
  const changed = Object.entries({ client_id: id, 'the secret': secret }).filter(([, value]) => formEncode(value) !== value)
  if (changed.length === 0) return undefined
  return {
    evidence: `form-encoding changes ${changed.map(([name]) => name).join(' and ')}`,
    fix: 'authwalk … --auth-method client_secret_basic_raw',
  }
})

export const paddedSecret = cause('something was copied along with the secret', ({ settings }) => {
  const secret = settings?.client.secret ?? ''
  return /^\s|\s$|^["'].*["']$/.test(secret) ? { evidence: 'it begins or ends with a space or a quotation mark', fix: 'Give the secret alone.' } : undefined
})

export const secretIdPasted = cause('the id of the secret was copied, not its value', ({ settings }) =>
  GUID.test(settings?.client.secret ?? '') ? { evidence: 'what was given has the form of an id' } : undefined)

export const unlistedScope = cause('a scope is misspelt, or unknown to this server', ({ settings, metadata }) => {
  const listed = metadata?.scopes_supported
  const unlisted = settings?.scope.split(' ').filter((scope) => scope !== '' && listed && !listed.includes(scope)) ?? []
  return unlisted.length === 0 ? undefined : { evidence: `its metadata does not list ${unlisted.join(', ')}`, fix: `Leave out ${unlisted.join(', ')}: --scope` }
})

export const separatedScope = cause('the scopes are not separated by one space each', ({ settings }) =>
  settings && /[,;]|  |^ | $/.test(settings.scope) ? { evidence: `what was asked for is “${settings.scope}”`, fix: `--scope "${settings.scope.split(/[,;\s]+/).filter(Boolean).join(' ')}"` } : undefined)

export const noPkce = cause('the server wants PKCE', ({ settings }) =>
  settings?.pkce === 'none' ? { evidence: 'no code_challenge was sent', fix: 'Leave out --pkce none.' } : undefined)

export const plainPkce = cause('the server takes no code_challenge_method=plain', ({ settings }) =>
  settings?.pkce === 'plain' ? { evidence: 'plain was sent', fix: '--pkce S256' } : undefined)

export const promptNone = cause('prompt=none forbids the server to show anything', ({ settings }) =>
  settings && handed(settings.parameters, 'prompt')?.split(' ').includes('none') ? { evidence: 'it was sent', fix: 'Leave out --prompt none.' } : undefined)

export const otherResponseType = cause('another response_type than code was asked for', ({ settings }) => {
  const value = settings && handed(settings.parameters, 'response_type')
  return value === undefined || value === 'code' ? undefined : { evidence: `response_type=${value} was given by hand`, fix: 'Leave out --param response_type.' }
})

export const doubledParameter = cause('a parameter is there twice', ({ settings }) => {
  const names = settings?.parameters.map(({ name }) => name) ?? []
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined ? undefined : { evidence: `--param gives ${twice} more than once`, fix: `Give ${twice} once.` }
})

/** A parameter of the token request that the person took into their own hands. */
export function byHand(name: string, says: string): Cause {
  return cause(says, ({ settings }) =>
    settings && handed(settings.tokenParameters, name) !== undefined ? { evidence: `--token-param gives ${name} by hand`, fix: `Leave out --token-param ${name}.` } : undefined)
}

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

function cause(says: string, seen: (facts: Facts) => Seen | undefined): Cause {
  return { says, seen }
}

function handed(parameters: readonly { name: string; value: string }[], wanted: string): string | undefined {
  return parameters.find(({ name }) => name === wanted)?.value
}
