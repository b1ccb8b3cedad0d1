import type { Parameter } from '../events.ts'
import { UsageError } from '../errors.ts'
import type { Practice } from '../practice/provider.ts'
import type { Server, Settings } from '../settings.ts'
import { clientOf, type Credentials, practiceClientOf, warnOfWeakness } from './credentials.ts'
import type { Flags } from './options.ts'
import { conflict, missing, SAFE_WAYS } from './usage.ts'
import { isUrl, issuerOrMetadata } from './values.ts'

/** Where and as whom, before the practice provider has said where it runs. */
export interface Plan extends Omit<Settings, 'server' | 'client'> {
  /** Absent on the practice provider. */
  server?: Server
  client: Partial<Settings['client']>
  /** Worth saying before the walk, and no reason not to walk. */
  warnings: string[]
}

/** What the command line and the environment say. */
export interface Given {
  issuer: string | undefined
  flags: Flags
  credentials: Credentials
}

/** Somebody to ask, where there is a terminal. */
export interface Ask {
  where(): Promise<Server | 'practice'>
  clientId(): Promise<string>
  /** Empty for a public client. */
  clientSecret(): Promise<string>
}

/**
 * Flags first, then the environment, then whoever can be asked.
 * @throws UsageError for what is missing, contradicts itself or is unsafe
 */
export async function planOf(given: Given, ask?: Ask): Promise<Plan> {
  const { flags } = given
  refuseConflicts(given)
  const named = await serverOf(given)
  const where = named ?? (flags.practice ? 'practice' : await (ask ?? nobody).where())
  const server = where === 'practice' ? undefined : where
  if (server && flags.browser === 'builtin') throw builtinElsewhere()
  const warnings: string[] = []
  const warn = (warning: string) => void warnings.push(warning)
  const client = server ? await clientOf(given, ask ?? nobody, warn) : await practiceClientOf(flags, warn)
  warnOfWeakness(client, warn)
  return {
    ...(server ? { server } : {}),
    client,
    warnings,
    redirectUri: flags.redirectUri,
    scope: flags.scope ?? (isOAuthAlone(server) ? '' : 'openid profile'),
    pkce: flags.pkce,
    parameters: parametersOf(flags),
    tokenParameters: flags.tokenParam ?? [],
    ...(flags.resource === undefined ? {} : { resource: flags.resource }),
    ...(flags.idTokenAlg === undefined ? {} : { idTokenAlg: flags.idTokenAlg }),
    clockSkew: flags.clockSkew,
  }
}

/** What the flow needs. The practice provider fills in what nobody said otherwise. */
export function settingsOf({ warnings: _, server, client, ...plan }: Plan, practice?: Practice): Settings {
  const { id = '', ...proof } = { ...practice?.client, ...client }
  const resource = plan.resource ?? practice?.resource
  return {
    ...plan,
    server: server ?? { ...(practice ? { issuer: practice.issuer } : {}), endpoints: {} },
    client: { id, ...proof },
    ...(resource === undefined ? {} : { resource }),
  }
}

/** Without a terminal nothing is asked. */
const nobody: Ask = {
  async where() {
    throw missing('where to walk', ['authwalk --practice', 'authwalk https://accounts.example.com --client-id <id>'])
  },
  async clientId() {
    throw missing('client_id', ['--client-id <id>', 'AUTHWALK_CLIENT_ID=<id> in the environment'])
  },
  async clientSecret() {
    throw missing('client_secret', [...SAFE_WAYS.slice(0, 2), '--auth-method none, for a public client'])
  },
}

async function serverOf({ issuer, flags }: Given): Promise<Server | undefined> {
  const endpoints = {
    ...(flags.authorizationEndpoint === undefined ? {} : { authorization: flags.authorizationEndpoint }),
    ...(flags.tokenEndpoint === undefined ? {} : { token: flags.tokenEndpoint }),
    ...(flags.userinfoEndpoint === undefined ? {} : { userinfo: flags.userinfoEndpoint }),
    ...(flags.jwksUri === undefined ? {} : { jwks: flags.jwksUri }),
  }
  if (issuer === undefined && flags.metadata === undefined) {
    if (Object.keys(endpoints).length === 0) return undefined
    if (endpoints.authorization === undefined) throw noMetadata('--authorization-endpoint')
    if (endpoints.token === undefined) throw noMetadata('--token-endpoint')
  }
  return { ...(issuer === undefined ? {} : issuerOrMetadata(issuer)), ...await documentOf(flags.metadata), endpoints }
}

function noMetadata(flag: string): UsageError {
  return new UsageError({
    happened: `${flag} is missing`,
    means: 'No metadata says where the endpoints are, so the two of them have to be named.',
    tries: [`${flag} https://as.example.com/endpoint`, 'name the issuer instead'],
    read: ['RFC 6749 3', 'RFC 8414 2'],
  })
}

async function documentOf(metadata: string | undefined): Promise<Partial<Server>> {
  if (metadata === undefined) return {}
  if (isUrl(metadata)) return { metadataUrl: metadata }
  const { readTextFile } = await import('../io/files.ts')
  return { metadataDocument: { text: await readTextFile(metadata, LARGEST_METADATA), from: metadata } }
}

const LARGEST_METADATA = 1024 * 1024

function builtinElsewhere(): UsageError {
  return new UsageError({
    happened: '--browser builtin exists for the practice provider alone',
    means: 'There the program knows the passwords. Everywhere else a person has to log in.',
    tries: ['--browser system', '--browser none, and open the URL yourself', '--practice'],
    read: ['authwalk --help'],
  })
}

/** No metadata and no issuer: nothing says that the server knows OpenID Connect. */
function isOAuthAlone(server: Server | undefined): boolean {
  return server !== undefined && !server.issuer && !server.metadataUrl && !server.metadataDocument
}

function parametersOf({ prompt, loginHint, maxAge, acrValues, param = [] }: Flags): Parameter[] {
  const named = { prompt, login_hint: loginHint, max_age: maxAge, acr_values: acrValues }
  const given = Object.entries(named).filter(([, value]) => value !== undefined)
  return [...given.map(([name, value]) => ({ name, value: String(value) })), ...param]
}

function refuseConflicts({ issuer, flags }: Given): void {
  const own = 'The practice provider brings its own metadata and endpoints.'
  const elsewhere: Record<string, unknown> = {
    'an issuer': issuer,
    '--metadata': flags.metadata,
    '--authorization-endpoint': flags.authorizationEndpoint,
    '--token-endpoint': flags.tokenEndpoint,
    '--userinfo-endpoint': flags.userinfoEndpoint,
    '--jwks-uri': flags.jwksUri,
  }
  for (const [name, value] of Object.entries(elsewhere)) {
    if (flags.practice && value !== undefined) throw conflict('--practice', name, own)
  }
  if (flags.json && flags.print) throw conflict('--json', '--print', 'Both want standard output for themselves.')
  if (flags.hideTokens && flags.showSecrets) {
    throw conflict('--hide-tokens', '--show-secrets', 'One hides what the other shows.')
  }
  if (issuer?.includes('/.well-known/') && flags.metadata) {
    throw conflict('a metadata URL', '--metadata', 'Each of them says where the metadata is.')
  }
}
