import { type Check, judge } from '../check.ts'
import { type IdTokenInput, idTokenChecks } from '../checks/id-token.ts'
import { jwksChecks } from '../checks/jwks.ts'
import { type MetadataInput, metadataChecks } from '../checks/metadata.ts'
import { Malformed } from '../errors.ts'
import type { JsonObject, Walk } from '../events.ts'
import { readObject } from '../exchange.ts'
import { decodeJwt, isJwt, type Jwt } from '../oauth/jwt.ts'
import { keysOf, verifySignature } from '../oauth/signature.ts'
import type { Outside } from '../outside.ts'
import { fetchKeys, readDocument } from '../steps/0-prepare.ts'

/** Where the keys come from that a token is verified with. */
export type KeySource =
  | { issuer: string }
  | { metadataUrl: string }
  | { jwksUrl: string }
  | { jwks: string }

export interface Decoding {
  compact: string
  keys?: KeySource
  /** For `aud`. */
  clientId?: string
  /** Seconds by which the clocks may differ. */
  clockSkew: number
}

/**
 * One JWT taken apart, and verified where keys are named. It is in no request: what goes out asks for documents that
 * everybody may have.
 * @throws WalkError
 */
export async function* decodeToken(decoding: Decoding, outside: Outside): Walk<void> {
  const { compact, keys: source } = decoding
  const jwt = readJwt(compact)
  const { header, claims } = jwt
  yield { type: 'value', name: 'JWT', value: compact, origin: 'received', purpose: WARNING, decoded: { header, claims } }
  if (!source) return
  const { keys, issuer } = yield* keysFrom(source, outside)
  const input = await inputOf(jwt, keys, decoding, outside)
  yield* judge(applicable(decoding), { ...input, ...(issuer === undefined ? {} : { issuer }) })
}

const WARNING = 'Decoded is not verified: anybody can write this.'

function readJwt(compact: string): Jwt {
  const decoded = decodeJwt(compact)
  if (isJwt(decoded)) return decoded
  throw new Malformed({
    happened: `this is no JWT that can be read: ${decoded.problem}`,
    means: decoded.encrypted
      ? 'Only who has the key of its receiver can look inside.'
      : 'A JWT is header.claims.signature, each part in base64url. An opaque token has nothing inside.',
    tries: ['Look whether it was copied as a whole, and nothing else with it.'],
    read: ['RFC 7519 7.2', 'RFC 7515 3.1'],
  })
}

interface Keys {
  keys: JsonObject[]
  issuer?: string
}

async function* keysFrom(source: KeySource, outside: Outside): Walk<Keys> {
  if ('jwksUrl' in source) return { keys: yield* fetchKeys(source.jwksUrl, outside) }
  if ('jwks' in source) {
    const body = Buffer.from(source.jwks)
    const set = yield* readObject({ status: 200, reason: '', headers: [], body, milliseconds: 0 }, 'jwks')
    yield* judge(jwksChecks, set)
    return { keys: keysOf(set) }
  }
  const document = yield* readDocument({ server: { ...source, endpoints: {} } }, outside)
  const checks = metadataChecks.filter(({ id }) => OF_THE_ISSUER.has(id))
  yield* judge(checks, { document, openid: true, ...NO_CLIENT, ...source })
  return { keys: yield* fetchKeys(String(document['jwks_uri']), outside), issuer: String(document['issuer']) }
}

async function inputOf(jwt: Jwt, keys: readonly JsonObject[], { clientId = '', clockSkew }: Decoding, { now }: Outside) {
  const verdict = await verifySignature(jwt, keys)
  return { ...NO_LOGIN, jwt, verdict, alg: String(jwt.header['alg']), clientId, now: now(), clockSkew }
}

/** What a token can be held against without the login that it came from. */
function applicable({ clientId }: Decoding): Check<IdTokenInput>[] {
  return idTokenChecks.filter(({ id }) => OF_EVERY_TOKEN.has(id) || (clientId !== undefined && OF_THE_CLIENT.has(id)))
}

const OF_THE_ISSUER: ReadonlySet<string> = new Set([
  'metadata-issuer-type',
  'metadata-issuer',
  'metadata-jwks-uri',
  'metadata-url-scheme',
  'metadata-url-https',
  'metadata-url-private',
])

const OF_EVERY_TOKEN: ReadonlySet<string> = new Set([
  'id-token-form',
  'id-token-crit',
  'jwks-kid',
  'jwks-rsa-size',
  'jwks-rsa-e',
  'id-token-sig',
  'id-token-iss',
  'id-token-exp',
  'id-token-exp-range',
  'id-token-iat',
  'id-token-clock',
  'id-token-nbf',
])

const OF_THE_CLIENT: ReadonlySet<string> = new Set(['id-token-aud', 'id-token-aud-untrusted', 'id-token-azp'])

/** No check that is run looks at these. */
const NO_LOGIN = { sent: [], accessToken: '', code: '' }
const NO_CLIENT: Pick<MetadataInput, 'authMethod' | 'pkce'> = { authMethod: 'none', pkce: 'none' }
