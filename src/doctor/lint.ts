import { strings } from '../oauth/metadata.ts'
import { parseUrl } from '../oauth/url.ts'
import type { JsonObject } from '../events.ts'
import type { Settings } from '../settings.ts'
import type { Probe } from './probe.ts'

/** A rule for the settings: what is wrong, or undefined where it holds. */
interface Lint {
  id: string
  title: string
  section: string
  /** What breaks the flow or its protection fails; what merely weakens it warns. */
  weight: 'fail' | 'warn'
  finds(settings: Settings, document: JsonObject): { found: string; fix: string } | undefined
}

const USAGE = 2
const MADE_HERE = ['state', 'nonce', 'code_challenge']
const PROMPTS = ['none', 'login', 'consent', 'select_account', 'create']

const lints: readonly Lint[] = [
  {
    id: 'settings-scope-syntax',
    title: 'scopes are separated by one space',
    section: 'RFC 6749 3.3',
    weight: 'fail',
    finds: ({ scope }) =>
      /[,;"\\\t\n]|  |^ | $/.test(scope) ? { found: `“${scope}”`, fix: `--scope "${scope.split(/[,;\s"\\]+/).filter(Boolean).join(' ')}"` } : undefined,
  },
  {
    id: 'settings-scope-openid',
    title: 'openid is in the scope of an OpenID Provider',
    section: 'OpenID Connect Core 3.1.2.1',
    weight: 'warn',
    finds: ({ scope }, document) =>
      document['id_token_signing_alg_values_supported'] !== undefined && !scope.split(' ').includes('openid') ? { found: 'without it there is no ID Token', fix: `--scope "openid ${scope}"` } : undefined,
  },
  {
    id: 'settings-scope-known',
    title: 'the metadata lists every scope',
    section: 'RFC 8414 2',
    weight: 'warn',
    finds: ({ scope }, document) => {
      const listed = strings(document['scopes_supported'])
      const unknown = scope.split(' ').filter((one) => one !== '' && listed && !listed.includes(one))
      return unknown.length > 0 ? { found: `${unknown.join(', ')} is not in it`, fix: 'Look for a typo; some servers leave scopes out of their list.' } : undefined
    },
  },
  {
    id: 'settings-offline-access',
    title: 'offline_access comes with prompt=consent',
    section: 'OpenID Connect Core 11',
    weight: 'warn',
    finds: ({ scope, parameters }) =>
      scope.split(' ').includes('offline_access') && !valueIn(parameters, 'prompt')?.split(' ').includes('consent') ? { found: 'the server may ignore the scope', fix: '--prompt consent' } : undefined,
  },
  {
    id: 'settings-redirect-literal',
    title: 'redirect_uri names an address, not localhost',
    section: 'RFC 8252 8.3',
    weight: 'warn',
    finds: ({ redirectUri }) => (parseUrl(redirectUri)?.hostname === 'localhost' ? { found: 'localhost can lead elsewhere', fix: `Where the server takes it: --redirect-uri ${redirectUri.replace('localhost', '127.0.0.1')}` } : undefined),
  },
  {
    id: 'settings-redirect-wildcard',
    title: 'redirect_uri is one address, no pattern',
    section: 'RFC 9700 4.1.3',
    weight: 'fail',
    finds: ({ redirectUri }) => (redirectUri.includes('*') ? { found: 'redirect_uri holds *', fix: 'Register each address as it is.' } : undefined),
  },
  {
    id: 'settings-pkce',
    title: 'PKCE protects the code',
    section: 'RFC 9700 2.1.1',
    weight: 'warn',
    finds: ({ pkce, client }) => (pkce === 'none' ? { found: client.secret === undefined ? 'a public client has nothing else' : 'switched off', fix: 'Leave out --pkce none.' } : undefined),
  },
  {
    id: 'settings-pkce-plain',
    title: 'code_challenge does not give the verifier away',
    section: 'RFC 7636 7.2',
    weight: 'warn',
    finds: ({ pkce }) => (pkce === 'plain' ? { found: 'with plain the two are the same', fix: '--pkce S256' } : undefined),
  },
  {
    id: 'settings-response-type',
    title: 'a code is asked for, and no token',
    section: 'RFC 9700 2.1.2',
    weight: 'fail',
    finds: ({ parameters }) => {
      const value = valueIn(parameters, 'response_type')
      return value !== undefined && value !== 'code' ? { found: `response_type=${value}`, fix: 'Leave out --param response_type.' } : undefined
    },
  },
  {
    id: 'settings-response-mode',
    title: 'the answer comes where the listener reads it',
    section: 'OAuth 2.0 Multiple Response Types 2.1',
    weight: 'fail',
    finds: ({ parameters }) => {
      const value = valueIn(parameters, 'response_mode')
      return value === 'fragment' || value === 'web_message' ? { found: `response_mode=${value} never reaches a server`, fix: 'Leave out --param response_mode.' } : undefined
    },
  },
  {
    id: 'settings-parameter-twice',
    title: 'no parameter is sent twice',
    section: 'RFC 6749 3.1',
    weight: 'fail',
    finds: ({ parameters, tokenParameters }) => {
      const twice = [parameters, tokenParameters].flatMap((list) => list.map(({ name }) => name).filter((name, at, names) => name !== 'resource' && names.indexOf(name) !== at))
      return twice.length > 0 ? { found: twice.join(', '), fix: `Give ${twice.join(', ')} once.` } : undefined
    },
  },
  {
    id: 'settings-made-here',
    title: 'state, nonce and code_challenge are made anew for each walk',
    section: 'RFC 9700 2.1',
    weight: 'fail',
    finds: ({ parameters }) => {
      const fixed = parameters.map(({ name }) => name).filter((name) => MADE_HERE.includes(name))
      return fixed.length > 0 ? { found: `${fixed.join(', ')} is given by hand`, fix: `Leave out --param ${fixed.join(', --param ')}.` } : undefined
    },
  },
  {
    id: 'settings-token-parameters',
    title: 'the token request is not changed by hand',
    section: 'RFC 6749 4.1.3',
    weight: 'warn',
    finds: ({ tokenParameters }) => {
      const changed = tokenParameters.map(({ name }) => name).filter((name) => ['grant_type', 'code', 'redirect_uri', 'code_verifier'].includes(name))
      return changed.length > 0 ? { found: `${changed.join(', ')} is given by hand`, fix: `Leave out --token-param ${changed.join(', --token-param ')}.` } : undefined
    },
  },
  {
    id: 'settings-prompt',
    title: 'prompt=none stands alone',
    section: 'OpenID Connect Core 3.1.2.1',
    weight: 'fail',
    finds: ({ parameters }) => {
      const values = valueIn(parameters, 'prompt')?.split(' ') ?? []
      return values.includes('none') && values.length > 1 ? { found: values.join(' '), fix: '--prompt none, or the others without it' } : undefined
    },
  },
  {
    id: 'settings-prompt-known',
    title: 'prompt has values that are defined',
    section: 'OpenID Connect Core 3.1.2.1',
    weight: 'warn',
    finds: ({ parameters }, document) => {
      const known = strings(document['prompt_values_supported']) ?? PROMPTS
      const unknown = valueIn(parameters, 'prompt')?.split(' ').filter((value) => !known.includes(value)) ?? []
      return unknown.length > 0 ? { found: unknown.join(', '), fix: `--prompt takes ${known.join(', ')}` } : undefined
    },
  },
  {
    id: 'settings-max-age',
    title: 'max_age is a number of seconds',
    section: 'OpenID Connect Core 3.1.2.1',
    weight: 'fail',
    finds: ({ parameters }) => {
      const value = valueIn(parameters, 'max_age')
      return value !== undefined && !/^\d+$/.test(value) ? { found: value, fix: '--max-age 3600' } : undefined
    },
  },
  {
    id: 'settings-resource',
    title: 'resource is an absolute URI without a fragment',
    section: 'RFC 8707 2',
    weight: 'fail',
    finds: ({ parameters }) => {
      const wrong = parameters.find(({ name, value }) => name === 'resource' && (!parseUrl(value) || value.includes('#')))
      return wrong ? { found: wrong.value, fix: 'Copy the identifier of the API.' } : undefined
    },
  },
  {
    id: 'settings-acr',
    title: 'the server knows the levels of acr_values',
    section: 'OpenID Connect Core 3.1.2.1',
    weight: 'warn',
    finds: ({ parameters }, document) => {
      const listed = strings(document['acr_values_supported'])
      const unknown = valueIn(parameters, 'acr_values')?.split(' ').filter((value) => listed && !listed.includes(value)) ?? []
      return unknown.length > 0 ? { found: `${unknown.join(', ')} is not in its list`, fix: `It lists ${listed?.join(', ') || 'none'}.` } : undefined
    },
  },
  {
    id: 'settings-id-token-alg',
    title: 'the server signs as this client expects',
    section: 'OpenID Connect Core 3.1.3.7 (7)',
    weight: 'fail',
    finds: ({ idTokenAlg = 'RS256', scope }, document) => {
      const listed = strings(document['id_token_signing_alg_values_supported'])
      if (!listed || listed.includes(idTokenAlg) || !scope.split(' ').includes('openid')) return undefined
      return { found: `${idTokenAlg} is expected, ${listed.join(', ') || 'nothing'} is offered`, fix: `--id-token-alg ${listed[0] ?? 'RS256'}, as the client is registered` }
    },
  },
  {
    id: 'settings-post',
    title: 'the secret travels in the header where the server takes it there',
    section: 'RFC 6749 2.3.1',
    weight: 'warn',
    finds: ({ client }, document) => {
      const listed = strings(document['token_endpoint_auth_methods_supported'])
      return client.authMethod === 'client_secret_post' && listed?.includes('client_secret_basic') ? { found: 'client_secret_post is not recommended', fix: '--auth-method client_secret_basic, if the client is registered for it' } : undefined
    },
  },
  {
    id: 'settings-secret',
    title: 'the secret can’t be guessed',
    section: 'RFC 6749 10.10',
    weight: 'warn',
    finds: ({ client: { secret } }) => (secret !== undefined && secret.length < 16 ? { found: `${secret.length} characters`, fix: 'Make a new one of 32 random characters or more.' } : undefined),
  },
  {
    id: 'settings-clock-skew',
    title: 'no more than a few minutes of clock skew are forgiven',
    section: 'RFC 7519 4.1.4',
    weight: 'warn',
    finds: ({ clockSkew }) => (clockSkew > 300 ? { found: `${clockSkew} s`, fix: '--clock-skew 300' } : undefined),
  },
]

export const lintProbes: readonly Probe[] = lints.map(({ id, title, section, weight, finds }) => ({
  id,
  family: 'Settings',
  title,
  section,
  how: 'The settings are read, beside the metadata where it says something of them. Nothing is sent.',
  needs: [],
  exit: USAGE,
  async run({ settings, document }) {
    const finding = finds(settings, await document().catch(() => ({})))
    return finding ? { status: weight, sure: 'certain', ...finding } : { status: 'pass', found: '' }
  },
}))

function valueIn(parameters: Settings['parameters'], wanted: string): string | undefined {
  return parameters.find(({ name }) => name === wanted)?.value
}
