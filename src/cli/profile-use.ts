import { resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import type { Server } from '../settings.ts'
import type { Flags } from './options.ts'
import { readProfile, writeProfile } from './profile.ts'
import type { Profile, SecretReference } from './profile-format.ts'
import type { Ask, Given, Plan } from './settings.ts'
import { conflict } from './usage.ts'

/**
 * The command line with its profile under it: what was typed comes first, and where to walk can't be typed besides,
 * since the secret that the profile refers to belongs to one server.
 * @throws UsageError | MachineError
 */
export async function withProfile(given: Given, env: NodeJS.ProcessEnv): Promise<Given> {
  const { profile: name, clientSecretFile } = given.flags
  if (name === undefined) return given
  refuseElsewhere(given)
  const { issuer, flags, secret } = await readProfile(name, env)
  const typed = { ...flags, ...given.flags, ...lists(flags, given.flags) }
  if (!secret || clientSecretFile !== undefined) return { ...given, issuer, flags: typed }
  if ('file' in secret) return { ...given, issuer, flags: { ...typed, clientSecretFile: secret.file }, secretFrom: secret }
  return { issuer, flags: typed, credentials: { ...given.credentials, secret: secretIn(secret.env, given, env) }, secretFrom: secret }
}

/** Notes each answer as if it had been typed: a profile shall not ask again. */
export function remembering(ask: Ask, answers: Answers): Ask {
  const note = <Value>(value: Value, more: Partial<Flags>): Value => {
    Object.assign(answers.flags, more)
    return value
  }
  return {
    ...ask,
    async where(given) {
      const where = await ask.where(given)
      if (where === 'practice' || 'instead' in where) return where
      if ('provider' in where) return note(where, where)
      if (where.issuer !== undefined) answers.issuer = where.issuer
      return note(where, flagsOf(where))
    },
    async issuer(preset) {
      return (answers.issuer = await ask.issuer(preset))
    },
    async variable(preset, variable) {
      const text = await ask.variable(preset, variable)
      return note(text, { [variable.name]: text })
    },
  }
}

export interface Answers {
  issuer?: string
  flags: Partial<Flags>
}

/**
 * Keeps what a walk was resolved to.
 * @returns the path of the new file
 * @throws UsageError | MachineError
 */
export async function saveProfile(name: string, given: Given, answers: Answers, { client, redirectUri }: Plan, env: NodeJS.ProcessEnv): Promise<string> {
  const issuer = given.issuer ?? answers.issuer
  const secret = client.secret === undefined ? undefined : referenceOf(given)
  const profile: Profile = {
    ...(issuer === undefined ? {} : { issuer }),
    flags: { ...given.flags, ...answers.flags, redirectUri, ...(client.id === undefined ? {} : { clientId: client.id }) },
    ...(secret ? { secret } : {}),
  }
  return await writeProfile(name, profile, env)
}

/** A secret that was typed, or came through a pipe, has no place that could be referred to. */
function referenceOf({ flags: { clientSecretFile: file }, credentials, secretFrom }: Given): SecretReference | undefined {
  if (secretFrom) return secretFrom
  if (file !== undefined) return file === '-' ? undefined : { file: resolve(file) }
  return credentials.secret === undefined ? undefined : { env: 'AUTHWALK_CLIENT_SECRET' }
}

/** Read once, like the usual variable, which has left the environment already. */
function secretIn(variable: string, { credentials }: Given, env: NodeJS.ProcessEnv): string {
  const secret = variable === 'AUTHWALK_CLIENT_SECRET' ? credentials.secret : env[variable]
  delete env[variable]
  if (secret !== undefined) return secret
  throw new UsageError({
    happened: `The environment variable ${variable}, which the profile refers to, is not set`,
    means: 'The client secret of this profile has to be in it.',
    tries: [`set ${variable}, then walk again`, '--client-secret-file <path>, for this one walk'],
    read: ['authwalk profiles'],
  })
}

/** A parameter that was typed replaces the profile’s of the same name; the others stay. */
function lists(kept: Partial<Flags>, typed: Flags): Partial<Flags> {
  return Object.fromEntries((['param', 'tokenParam'] as const).flatMap((flag) => {
    const [before = [], after = []] = [kept[flag], typed[flag]]
    const names = new Set(after.map(({ name }) => name))
    const all = [...before.filter(({ name }) => !names.has(name)), ...after]
    return all.length === 0 ? [] : [[flag, all]]
  }))
}

function flagsOf({ metadataUrl, endpoints }: Server): Partial<Flags> {
  return {
    ...(metadataUrl === undefined ? {} : { metadata: metadataUrl }),
    ...(endpoints.authorization === undefined ? {} : { authorizationEndpoint: endpoints.authorization }),
    ...(endpoints.token === undefined ? {} : { tokenEndpoint: endpoints.token }),
  }
}

function refuseElsewhere({ issuer, flags }: Given): void {
  const places: Readonly<Record<string, unknown>> = {
    'an issuer': issuer,
    '--practice': flags.practice,
    '--provider': flags.provider,
    '--tenant': flags.tenant,
    '--domain': flags.domain,
    '--app': flags.app,
    '--metadata': flags.metadata,
    '--authorization-endpoint': flags.authorizationEndpoint,
    '--token-endpoint': flags.tokenEndpoint,
    '--userinfo-endpoint': flags.userinfoEndpoint,
    '--jwks-uri': flags.jwksUri,
  }
  for (const [name, value] of Object.entries(places)) {
    if (value !== undefined) throw conflict('--profile', name, 'The profile says where to walk, and its secret belongs there alone.')
  }
}
