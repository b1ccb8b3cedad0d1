import type { Parameter } from '../events.ts'
import type { Preset } from '../providers/preset.ts'
import type { Server, Settings } from '../settings.ts'
import type { Flags } from './options.ts'

type Asked = Pick<Settings, 'scope' | 'pkce' | 'parameters' | 'tokenParameters' | 'resource' | 'idTokenAlg' | 'dialect'>

/** What is asked for: what the flags say, then what the preset of the provider knows, then what is usual. */
export function requestOf(flags: Flags, server: Server | undefined, preset: Preset | undefined): Asked {
  const refresh = flags.offline ? (preset?.refresh ?? OPENID_CONNECT) : {}
  const scope = flags.scope ?? preset?.scope ?? (isOAuthAlone(server) ? '' : 'openid profile')
  const resource = flags.resource ?? preset?.resource
  const idTokenAlg = flags.idTokenAlg ?? preset?.idTokenAlg
  return {
    scope: refresh.scope === undefined || scope.split(' ').includes(refresh.scope) ? scope : `${scope} ${refresh.scope}`.trim(),
    pkce: flags.pkce ?? preset?.pkce.method ?? 'S256',
    parameters: unless(typedParameters(flags), [...(preset?.parameters ?? []), ...(refresh.parameters ?? [])]),
    tokenParameters: flags.tokenParam ?? [],
    ...(resource === undefined ? {} : { resource }),
    ...(idTokenAlg === undefined ? {} : { idTokenAlg }),
    ...(preset?.dialect ? { dialect: preset.dialect } : {}),
  }
}

/** How a refresh token is asked for where nothing else is known, OpenID Connect Core 11. */
const OPENID_CONNECT: Pick<Preset['refresh'], 'scope' | 'parameters'> = {
  scope: 'offline_access',
  parameters: [{ name: 'prompt', value: 'consent' }],
}

/** The usual parameters whose names were not typed, and then what was typed. */
function unless(typed: Parameter[], usual: readonly Parameter[]): Parameter[] {
  const names = new Set(typed.map(({ name }) => name))
  return [...usual.filter(({ name }) => !names.has(name)), ...typed]
}

function typedParameters({ prompt, loginHint, maxAge, acrValues, param = [] }: Flags): Parameter[] {
  const named = { prompt, login_hint: loginHint, max_age: maxAge, acr_values: acrValues }
  const given = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: String(value) }]))
  return [...given, ...param]
}

/** No metadata and no issuer: nothing says that the server knows OpenID Connect. */
function isOAuthAlone(server: Server | undefined): boolean {
  return server !== undefined && !server.issuer && !server.metadataUrl && !server.metadataDocument
}
