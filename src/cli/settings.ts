import { UsageError } from '../errors.ts'
import type { Practice } from '../practice/provider.ts'
import type { Preset, Variable } from '../providers/preset.ts'
import type { Server, Settings } from '../settings.ts'
import { clientOf, type Credentials, practiceClientOf, warnOfWeakness } from './credentials.ts'
import type { Flags } from './options.ts'
import { listeningNotes } from './listening.ts'
import { placeOf } from './place.ts'
import type { SecretReference } from './profile-format.ts'
import { requestOf } from './request.ts'
import { conflict, missing, SAFE_WAYS } from './usage.ts'
import { isUrl } from './values.ts'

/** Where and as whom, before the practice provider has said where it runs. */
export interface Plan extends Omit<Settings, 'server' | 'client'> {
  /** Absent on the practice provider. */
  server?: Server
  client: Partial<Settings['client']>
  /** Worth saying before the walk, and no reason not to walk. */
  warnings: string[]
  /** What this machine trusts and where it listens. A profile that was chosen may say so too. */
  machine: Pick<Flags, 'ca' | 'listen' | 'cert' | 'key'>
}

/** What the command line and the environment say. */
export interface Given {
  issuer: string | undefined
  flags: Flags
  credentials: Credentials
  /** Where the secret of a profile is. */
  secretFrom?: SecretReference
}

/** Somebody to ask, where there is a terminal. */
export interface Ask {
  where(given: Given): Promise<Server | 'practice' | { provider: string } | { instead: Given }>
  /** Says at once what a person has to know before the next question. Without it, it is said before the walk. */
  tell?: (note: string) => void
  /** The issuer of a provider that has as many as operators. */
  issuer(preset: Preset): Promise<string>
  /** What a preset can't know. */
  variable(preset: Preset, variable: Variable): Promise<string>
  clientId(): Promise<string>
  /** Empty for a public client. */
  clientSecret(): Promise<string>
}

/**
 * Flags first, then the environment, then whoever can be asked.
 * @throws UsageError for what is missing, contradicts itself or is unsafe
 */
export async function planOf(given: Given, ask: Ask = nobody): Promise<Plan> {
  const { flags } = given
  refuseConflicts(given)
  const { server, preset, redirectUri, notes, instead } = await placeOf(given, ask)
  if (instead) return await planOf(instead, ask)
  if (server && flags.browser === 'builtin') throw builtinElsewhere()
  const warnings = [...notes, ...listeningNotes(redirectUri, flags)]
  const warn = (warning: string) => void warnings.push(warning)
  const client = server ? await clientOf(given, ask, warn) : await practiceClientOf(flags, warn)
  warnOfWeakness(client, warn)
  const authMethod = client.authMethod ?? (client.secret === undefined ? undefined : preset?.authentication.methods[0])
  return {
    ...(server ? { server } : {}),
    client: { ...client, ...(authMethod === undefined ? {} : { authMethod }) },
    warnings,
    machine: machineOf(flags),
    redirectUri,
    ...requestOf(flags, server, preset),
    ...(flags.idTokenAlg === undefined ? {} : { idTokenAlg: flags.idTokenAlg }),
    clockSkew: flags.clockSkew,
  }
}

/** What the flow needs. The practice provider fills in what nobody said otherwise. */
export function settingsOf({ warnings: _, machine: __, server, client, ...plan }: Plan, practice?: Practice): Settings {
  const { id = '', ...proof } = { ...practice?.client, ...client }
  const resource = plan.resource ?? practice?.resource
  return {
    ...plan,
    server: server ?? { ...(practice ? { issuer: practice.issuer } : {}), endpoints: {} },
    client: { id, ...proof },
    ...(resource === undefined ? {} : { resource }),
  }
}

function machineOf({ ca, listen, cert, key }: Flags): Plan['machine'] {
  return { ...(ca === undefined ? {} : { ca }), ...(listen === undefined ? {} : { listen }), ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }) }
}

/** Without a terminal nothing is asked. */
export const nobody: Ask = {
  async where() {
    throw missing('where to walk', ['authwalk --practice', 'authwalk https://accounts.example.com --client-id <id>'])
  },
  async issuer({ id }) {
    throw missing('the issuer', [`authwalk https://login.example.com --provider ${id}`])
  },
  async variable({ id }, { name, says, example }) {
    throw missing(`--${name}`, [`authwalk --provider ${id} --${name} ${example}`, `It is ${says}.`])
  },
  async clientId() {
    throw missing('client_id', ['--client-id <id>', 'AUTHWALK_CLIENT_ID=<id> in the environment'])
  },
  async clientSecret() {
    throw missing('client_secret', [...SAFE_WAYS.slice(0, 2), '--auth-method none, for a public client'])
  },
}

function builtinElsewhere(): UsageError {
  return new UsageError({
    happened: '--browser builtin exists for the practice provider alone',
    means: 'There the program knows the passwords. Everywhere else a person has to log in.',
    tries: ['--browser system', '--browser none, and open the URL yourself', '--practice'],
    read: ['authwalk --help'],
  })
}

function refuseConflicts({ issuer, flags }: Given): void {
  const own = 'The practice provider brings its own metadata and endpoints.'
  const elsewhere: Record<string, unknown> = {
    // Commander takes what follows --practice for the name of a lie.
    'an issuer': issuer ?? (isUrl(String(flags.practice)) ? flags.practice : undefined),
    '--provider': flags.provider,
    '--metadata': flags.metadata,
    '--authorization-endpoint': flags.authorizationEndpoint,
    '--token-endpoint': flags.tokenEndpoint,
    '--userinfo-endpoint': flags.userinfoEndpoint,
    '--jwks-uri': flags.jwksUri,
  }
  if (flags.practice && flags.saveProfile !== undefined) throw conflict('--practice', '--save-profile', 'The practice provider makes a new secret for each run.')
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
