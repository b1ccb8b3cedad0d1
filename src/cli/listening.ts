import type { OutsideOptions } from '../io/outside.ts'
import { readRedirectUri } from '../io/redirect-uri.ts'
import type { Plan } from './settings.ts'
import { missing } from './usage.ts'

const LARGEST = 1024 * 1024

/**
 * What the listener has to know besides the redirect URI.
 * @throws UsageError | MachineError
 */
export async function listeningOf({ listen: listenAt, cert, key }: Plan['machine']): Promise<NonNullable<OutsideOptions['listening']>> {
  const at = listenAt === undefined ? {} : { listenAt }
  if (cert === undefined && key === undefined) return at
  if (cert === undefined) throw missing('--cert', ['--cert <file>, the certificate that --key belongs to'])
  if (key === undefined) throw missing('--key', ['--key <file>, the private key of --cert'])
  const [{ readSecretFile, readTextFile }, { requirePair }] = await Promise.all([import('../io/files.ts'), import('../io/certificate.ts')])
  const tls = { cert: await readTextFile(cert, LARGEST), key: await readSecretFile(key) }
  requirePair(tls)
  return { ...at, tls }
}

/**
 * What a person has to know who meets the listener in a browser.
 * @throws UsageError where nothing here could receive what is sent to the redirect URI
 */
export function listeningNotes(redirectUri: string, { listen, cert }: Plan['machine']): string[] {
  const { secure } = readRedirectUri(redirectUri, listen)
  if (!secure || cert !== undefined) return []
  return [`The certificate of ${new URL(listen ?? redirectUri).origin} is made for this walk, and no browser knows it: go on past the warning, or name one with --cert and --key.`]
}
