import { UsageError } from '../errors.ts'
import { clientAuthenticationMethods } from '../oauth/client-authentication.ts'
import type { Settings } from '../settings.ts'
import type { Flags } from './options.ts'
import type { Ask, Given } from './settings.ts'
import { SAFE_WAYS } from './usage.ts'

type Warn = (warning: string) => void

/** From the environment, which they have left. */
export interface Credentials {
  id?: string
  secret?: string
}

/**
 * Reads AUTHWALK_CLIENT_ID and AUTHWALK_CLIENT_SECRET once, and takes them out of the environment: no child process and
 * no diagnostic report finds them there.
 */
export function takeCredentials(env: NodeJS.ProcessEnv): Credentials {
  const { AUTHWALK_CLIENT_ID: id, AUTHWALK_CLIENT_SECRET: secret } = env
  delete env['AUTHWALK_CLIENT_ID']
  delete env['AUTHWALK_CLIENT_SECRET']
  return { ...(id ? { id } : {}), ...(secret === undefined ? {} : { secret }) }
}

/** @throws UsageError where the secret is missing, empty or not to be read */
export async function clientOf({ flags, credentials }: Given, ask: Ask, warn: Warn): Promise<Settings['client']> {
  const id = flags.clientId ?? credentials.id ?? await ask.clientId()
  const { authMethod } = flags
  const method = authMethod === undefined ? {} : { authMethod }
  const needsSecret = authMethod === undefined || clientAuthenticationMethods[authMethod]?.needsSecret
  if (!needsSecret) return { id, ...method }
  if (flags.clientSecretFile === undefined && credentials.secret === '') throw emptySecret('AUTHWALK_CLIENT_SECRET')
  const secret = await secretFromFile(flags, warn) ?? credentials.secret ?? await ask.clientSecret()
  if (secret === '' && authMethod !== undefined) throw emptySecret('client_secret')
  return { id, ...method, ...(secret === '' ? {} : { secret }) }
}

/** Credentials of the environment belong to a real provider: the practice provider never gets them. */
export async function practiceClientOf(flags: Flags, warn: Warn): Promise<Partial<Settings['client']>> {
  const secret = await secretFromFile(flags, warn)
  return {
    ...(flags.clientId === undefined ? {} : { id: flags.clientId }),
    ...(secret === undefined ? {} : { secret }),
    ...(flags.authMethod === undefined ? {} : { authMethod: flags.authMethod }),
  }
}

async function secretFromFile({ clientSecretFile }: Flags, warn: Warn): Promise<string | undefined> {
  if (clientSecretFile === undefined) return undefined
  const { readSecretFile } = await import('../io/files.ts')
  return await readSecretFile(clientSecretFile, warn)
}

function emptySecret(where: string): UsageError {
  return new UsageError({
    happened: `${where} is empty`,
    means: 'An empty secret proves nothing, and no server accepts one.',
    tries: [...SAFE_WAYS, '--auth-method none, for a public client'],
    read: ['RFC 6749 2.3.1'],
  })
}

/** Says so where a secret is one that anybody would try. */
export function warnOfWeakness({ id, secret }: Partial<Settings['client']>, warn: Warn): void {
  if (secret === undefined) return
  if (secret === id) warn('client_secret is the same as client_id: whoever knows one knows both.')
  if (/^(changeme|secret|password)$/i.test(secret)) warn('client_secret is a word that everybody tries first.')
}
