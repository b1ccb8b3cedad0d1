import { createHash } from 'node:crypto'
import type { Check, Finding } from '../check.ts'
import type { Json, Parameter } from '../events.ts'
import { textOf } from '../oauth/json.ts'
import { isJwt, type Jwt, type NotAJwt } from '../oauth/jwt.ts'
import { isAsymmetric, type Verdict, weakness } from '../oauth/signature.ts'

export interface IdTokenInput {
  jwt: Jwt
  /** What the issuer's keys, or the client secret, say of the signature. */
  verdict: Verdict
  /** The one algorithm that this client expects. */
  alg: string
  /** Of the server that the request went to, where it is known. */
  issuer?: string
  /** Another spelling of it that this provider is known to use. */
  alsoIssuer?: string
  clientId: string
  /** The authorization request as it went out. */
  sent: readonly Parameter[]
  accessToken: string
  code: string
  /** Milliseconds since the epoch. */
  now: number
  /** Seconds by which the clocks may differ. */
  clockSkew: number
}

type IdTokenCheck = Check<IdTokenInput>

/** An ID Token answers a request of a moment ago, so it must have been issued a moment ago. Seconds. */
const MAX_AGE_AT_RECEIPT = 600
/** Where the year 9999 begins: what lies beyond is the “never” of some database. Seconds since the epoch. */
const LAST_SECOND = 253_370_764_800

const CORE = (rule: number) => `OpenID Connect Core 3.1.3.7 (${rule})`

/** Whether there is anything to judge at all. */
export const idTokenFormCheck: Check<{ decoded: Jwt | NotAJwt }> = {
  id: 'id-token-jwt',
  title: 'the ID Token is a signed JWT',
  section: 'OpenID Connect Core 2',
  level: 'MUST',
  onFail: 'stop',
  why: 'An ID Token is three base64url parts: a header, the Claims, and a signature over both.',
  fix: 'If the server encrypts ID Tokens for this client, switch that off in the registration.',
  test: ({ decoded }) => ({ ok: isJwt(decoded), expected: 'header.claims.signature', actual: isJwt(decoded) ? 'header.claims.signature' : decoded.problem }),
}

export const idTokenChecks: readonly IdTokenCheck[] = [
  {
    id: 'id-token-form',
    title: 'it is written in the one canonical way',
    section: 'RFC 7515 2',
    level: 'MUST',
    onFail: 'warn',
    why: 'Padding, a duplicate name or a byte order mark lets two readers of the same token see two different things.',
    fix: 'Report it to whoever runs this server.',
    test: ({ jwt }) => ({ ok: jwt.oddities.length === 0, expected: 'one reading', actual: jwt.oddities.join('; ') || 'one reading' }),
  },
  {
    id: 'id-token-typ',
    title: 'it is not another kind of JWT',
    section: 'RFC 8725 3.11',
    level: 'SHOULD',
    onFail: 'stop',
    why: 'Access tokens, logout tokens and others are JWTs too, of the same issuer. Their type says so, and one must not pass for the other.',
    fix: 'Report it to whoever runs this server: it sent another kind of token as id_token.',
    test: ({ jwt }) => {
      const typ = jwt.header['typ']
      return { ok: typ === undefined || (typeof typ === 'string' && !/\+jwt$/i.test(typ)), expected: 'JWT, or none', actual: typ === undefined ? 'JWT, or none' : show(typ) }
    },
  },
  {
    id: 'id-token-crit',
    title: 'the header asks for no extension',
    section: 'RFC 7515 4.1.11',
    level: 'MUST',
    onFail: 'stop',
    why: 'crit lists what a reader must understand or refuse. This client understands none of it.',
    fix: 'Switch the extension off in the client’s registration.',
    test: ({ jwt }) => ({ ok: jwt.header['crit'] === undefined && jwt.header['b64'] === undefined, expected: 'no crit', actual: jwt.header['crit'] === undefined && jwt.header['b64'] === undefined ? 'no crit' : show(jwt.header['crit'] ?? jwt.header['b64']) }),
  },
  {
    id: 'id-token-alg',
    title: 'alg is the algorithm that this client expects',
    section: CORE(7),
    level: 'SHOULD',
    onFail: 'stop',
    why: 'The token must not choose how it is verified. “none”, or HMAC with a public key as its secret, were the classic forgeries.',
    fix: 'If this client is registered for another algorithm, name it with --id-token-alg.',
    test: ({ jwt, alg }) => ({ ok: jwt.header['alg'] === alg, expected: alg, actual: show(jwt.header['alg']) }),
  },
  {
    id: 'jwks-kid',
    title: 'the issuer publishes a key that fits',
    section: 'OpenID Connect Core 10.1',
    level: 'MUST',
    onFail: 'stop',
    why: 'The header says which key signed. It must be one of the issuer’s own, from jwks_uri; a key that the token brings along proves nothing.',
    fix: 'Walk again in a minute: the server may be rotating its keys.',
    test: ({ jwt, verdict }) => {
      if (!isAsymmetric(jwt.header['alg'])) return { skip: `alg ${show(jwt.header['alg'])} needs no published key` }
      const wanted = jwt.header['kid'] === undefined ? 'a key of this type' : `kid ${show(jwt.header['kid'])}`
      const found = verdict.candidates.length
      return { ok: found > 0, expected: wanted, actual: found === 0 ? 'no key' : found === 1 ? wanted : `${found} keys to try` }
    },
  },
  weakKeyCheck({
    id: 'jwks-rsa-size',
    title: 'the RSA key has 2048 bits or more',
    section: 'RFC 7518 3.3',
    why: 'A shorter RSA key can be broken, and then anybody can sign.',
    expected: '2048 bits',
  }),
  weakKeyCheck({
    id: 'jwks-rsa-e',
    title: 'the RSA key has a safe exponent',
    section: 'FIPS 186-5 A.1.1',
    why: 'With an exponent of 1 a signature is the message itself: everybody can make one.',
    expected: 'an odd exponent above 65536',
  }),
  {
    id: 'id-token-sig',
    title: 'the signature was made with that key',
    section: CORE(6),
    level: 'MUST',
    onFail: 'stop',
    why: 'Decoding proves nothing: everybody can write base64url. Only the signature ties these Claims to the issuer.',
    fix: 'Trust nothing in this token. Look whether jwks_uri and the issuer belong together.',
    test: ({ jwt, verdict }) => ({
      ok: verdict.problem === undefined,
      expected: 'a signature of the issuer',
      actual: verdict.problem ?? `${show(jwt.header['alg'])}${verdict.key?.['kid'] === undefined ? '' : `, key ${show(verdict.key['kid'])}`}`,
    }),
  },
  {
    id: 'id-token-iss',
    title: 'iss is the issuer, character by character',
    section: CORE(2),
    level: 'MUST',
    onFail: 'stop',
    why: 'A token of another issuer is true there, not here.',
    fix: 'Compare both names letter by letter: a slash or a tenant is enough.',
    test: ({ jwt, issuer, alsoIssuer = issuer }) =>
      issuer === undefined
        ? { skip: `${show(jwt.claims['iss'])}, but no metadata says which issuer this is` }
        : { ok: jwt.claims['iss'] === issuer || jwt.claims['iss'] === alsoIssuer, expected: alsoIssuer === issuer ? issuer : `${issuer}, or ${alsoIssuer}`, actual: show(jwt.claims['iss']) },
  },
  {
    id: 'id-token-sub',
    title: 'sub names the person',
    section: 'OpenID Connect Core 2',
    level: 'MUST',
    onFail: 'stop',
    why: 'iss and sub together are who logged in. An e-mail address may change or pass to somebody else.',
    fix: 'Report it to whoever runs this server.',
    test: ({ jwt }) => {
      const sub = jwt.claims['sub']
      const ok = typeof sub === 'string' && /^[\x20-\x7e]{1,255}$/.test(sub)
      return { ok, expected: '1 to 255 ASCII characters', actual: typeof sub === 'number' ? `the number ${jwt.numbers['sub'] ?? sub}` : show(sub) }
    },
  },
  {
    id: 'id-token-aud',
    title: 'aud holds this client',
    section: CORE(3),
    level: 'MUST',
    onFail: 'stop',
    why: 'A token made for another client must not log you in here: whoever runs that client could replay it.',
    fix: 'Look whether the client_id is the one of this registration.',
    test: ({ jwt, clientId }) => ({ ok: audience(jwt.claims['aud']).includes(clientId), expected: clientId, actual: show(jwt.claims['aud']) }),
  },
  {
    id: 'id-token-aud-untrusted',
    title: 'aud holds nobody whom this client does not trust',
    section: CORE(3),
    level: 'MUST',
    onFail: 'stop',
    why: 'Each audience of a token can present it. A second one means that somebody else holds a login of yours.',
    fix: 'Ask the provider why its ID Tokens have a second audience.',
    test: ({ jwt, clientId }) => {
      const others = audience(jwt.claims['aud']).filter((name) => name !== clientId)
      if (!audience(jwt.claims['aud']).includes(clientId)) return { skip: 'this client is not even in it' }
      return { ok: others.length === 0, expected: 'this client alone', actual: others.length ? `also ${others.join(', ')}` : 'this client alone' }
    },
  },
  {
    id: 'id-token-azp',
    title: 'azp, where it is sent, is this client',
    section: CORE(5),
    level: 'SHOULD',
    onFail: 'stop',
    why: 'azp is the party that the token was issued to. Another name there means that another client asked for it.',
    fix: 'Look whether the client_id is the one of this registration.',
    test: ({ jwt, clientId }) =>
      jwt.claims['azp'] === undefined ? { skip: 'not sent' } : { ok: jwt.claims['azp'] === clientId, expected: clientId, actual: show(jwt.claims['azp']) },
  },
  {
    id: 'id-token-exp',
    title: 'it has not expired',
    section: CORE(9),
    level: 'MUST',
    onFail: 'stop',
    why: 'An old token may have been stolen from a log a long time ago.',
    fix: 'Compare the clock of this machine with the Date header of the response; --clock-skew allows for a difference.',
    test: ({ jwt, now, clockSkew }) => timed(jwt, 'exp', (exp) => exp > now / 1000 - clockSkew, 'a time to come', now),
  },
  {
    id: 'id-token-exp-range',
    title: 'exp is a date, and after iat',
    section: 'RFC 7519 4.1.4',
    level: 'MUST',
    onFail: 'stop',
    why: 'A lifetime without an end, or one that ends before it begins, is no lifetime.',
    fix: 'Report it to whoever runs this server.',
    test: ({ jwt }) => {
      const { exp, iat } = jwt.claims
      if (typeof exp !== 'number') return { skip: 'exp is no number' }
      const ok = exp <= LAST_SECOND && (typeof iat !== 'number' || exp > iat)
      return { ok, expected: 'a date after iat', actual: exp > LAST_SECOND ? jwt.numbers['exp'] ?? String(exp) : ok ? 'a date after iat' : 'before iat' }
    },
  },
  {
    id: 'id-token-iat',
    title: 'it was issued in the past',
    section: CORE(10),
    level: 'MUST',
    onFail: 'stop',
    why: 'A token from the future shows a wrong clock, here or there, and then no other time can be trusted.',
    fix: 'Compare the clock of this machine with the Date header of the response; --clock-skew allows for a difference.',
    test: ({ jwt, now, clockSkew }) => timed(jwt, 'iat', (iat) => iat <= now / 1000 + clockSkew, 'now, or a moment ago', now),
  },
  {
    id: 'id-token-iat-age',
    title: 'it was issued for this login',
    section: CORE(10),
    level: 'MAY',
    onFail: 'stop',
    why: 'This token answers a request of a moment ago. One issued long before that was kept somewhere and brought out again.',
    fix: 'Walk again. If it stays, the server hands out old tokens.',
    test: ({ jwt, now, clockSkew }) =>
      typeof jwt.claims['iat'] === 'number'
        ? timed(jwt, 'iat', (iat) => iat >= now / 1000 - clockSkew - MAX_AGE_AT_RECEIPT, `in the last ${MAX_AGE_AT_RECEIPT / 60} minutes`, now)
        : { skip: 'iat is no number' },
  },
  {
    id: 'id-token-clock',
    title: 'it needs no leeway for the clocks',
    section: CORE(9),
    level: 'POLICY',
    onFail: 'warn',
    why: 'The token passes only because a difference between the clocks is allowed for. A client without that leeway would refuse it.',
    fix: 'Set the clock of this machine by NTP, or tell whoever runs the server.',
    test: ({ jwt, now }) => {
      const { exp, iat } = jwt.claims
      if (typeof exp !== 'number' || typeof iat !== 'number') return { skip: 'there are no times to compare' }
      // A second is rounded up at many servers, and a minute ahead is no leeway worth a word. After exp every second is.
      const late = now / 1000 - exp
      const ok = late < 0 && iat - now / 1000 <= 60
      return { ok, expected: 'valid by this clock', actual: ok ? 'valid by this clock' : `${Math.round(Math.max(late, iat - now / 1000))} s apart` }
    },
  },
  {
    id: 'id-token-nbf',
    title: 'it is valid already',
    section: 'RFC 7519 4.1.5',
    level: 'MUST',
    onFail: 'stop',
    why: 'nbf is the moment before which nobody may accept the token.',
    fix: 'Compare the clocks; --clock-skew allows for a difference.',
    test: ({ jwt, now, clockSkew }) =>
      jwt.claims['nbf'] === undefined ? { skip: 'not sent' } : timed(jwt, 'nbf', (nbf) => nbf <= now / 1000 + clockSkew, 'now, or earlier', now),
  },
  {
    id: 'id-token-nonce',
    title: 'nonce is the one made for this walk',
    section: CORE(11),
    level: 'MUST',
    onFail: 'stop',
    why: 'Without it a token from an earlier login, or from somebody else’s, could be put in the place of yours.',
    fix: 'Walk again. If it stays, something between you and the server swaps responses.',
    test: ({ jwt, sent }) => {
      const nonce = find(sent, 'nonce')
      if (nonce === undefined) return { skip: 'none was sent in step 1' }
      const ok = jwt.claims['nonce'] === nonce
      return { ok, expected: 'the nonce of step 1', actual: ok ? 'the nonce of step 1' : jwt.claims['nonce'] === undefined ? 'nothing' : 'another one' }
    },
  },
  hashCheck('id-token-at-hash', 'at_hash', 'access token', 'OpenID Connect Core 3.1.3.8', ({ accessToken }) => accessToken),
  hashCheck('id-token-c-hash', 'c_hash', 'code', 'OpenID Connect Core 3.3.2.10', ({ code }) => code),
  hashCheck('id-token-s-hash', 's_hash', 'state', 'FAPI 1.0 Advanced 5.1.1', ({ sent }) => find(sent, 'state') ?? ''),
  {
    id: 'id-token-acr',
    title: 'acr is one of those that were asked for',
    section: CORE(12),
    level: 'SHOULD',
    onFail: 'warn',
    why: 'acr says how strongly the person was authenticated. A server may answer with less than was asked.',
    fix: 'Refuse the login in your own program if it needs that strength.',
    test: ({ jwt, sent }) => {
      const asked = find(sent, 'acr_values')
      if (asked === undefined) return { skip: 'not asked for' }
      return { ok: asked.split(' ').includes(textOf(jwt.claims['acr'])), expected: asked, actual: show(jwt.claims['acr']) }
    },
  },
  {
    id: 'id-token-auth-time',
    title: 'the person authenticated recently enough',
    section: CORE(13),
    level: 'MUST',
    onFail: 'stop',
    why: 'max_age asked for a fresh login. auth_time is the proof, and it must be there once max_age was sent.',
    fix: 'Add prompt=login to the request, or report that max_age is ignored.',
    test: ({ jwt, sent, now, clockSkew }) => {
      const maxAge = find(sent, 'max_age')
      if (maxAge === undefined) return { skip: 'max_age was not sent' }
      return timed(jwt, 'auth_time', (at) => at >= now / 1000 - Number(maxAge) - clockSkew, `in the last ${maxAge} s`, now)
    },
  },
]

function weakKeyCheck({ expected, ...rule }: Pick<IdTokenCheck, 'id' | 'title' | 'section' | 'why'> & { expected: string }): IdTokenCheck {
  return {
    ...rule,
    level: 'MUST',
    onFail: 'stop',
    fix: 'Tell whoever runs this server to replace the key at once.',
    test: ({ verdict }) => {
      if (!verdict.candidates.some((key) => key['kty'] === 'RSA')) return { skip: 'no RSA key is involved' }
      const weak = verdict.candidates.map(weakness).find((found) => found?.id === rule.id)
      return { ok: weak === undefined, expected, actual: weak?.says ?? expected }
    },
  }
}

/** The left half of the hash of a value, by the hash of the signature's algorithm, OpenID Connect Core 3.1.3.6. */
function hashCheck(id: string, claim: string, of: string, section: string, value: (input: IdTokenInput) => string): IdTokenCheck {
  return {
    id,
    title: `${claim}, where it is sent, is the hash of the ${of}`,
    section,
    level: 'MUST',
    onFail: 'stop',
    why: `It ties this ID Token to the ${of} that came with it, so that neither can be swapped for another login’s.`,
    fix: 'Use neither of them: they do not belong together.',
    test: (input) => {
      const claimed = input.jwt.claims[claim]
      if (claimed === undefined) return { skip: 'not sent' }
      const expected = leftHalf(value(input), textOf(input.jwt.header['alg']))
      if (expected === undefined) return { skip: 'alg names no hash to compare with' }
      return { ok: claimed === expected, expected: `the hash of this ${of}`, actual: show(claimed) }
    },
  }
}

function leftHalf(value: string, alg: string): string | undefined {
  const bits = alg.startsWith('Ed') ? '512' : /(256|384|512)$/.exec(alg)?.[1]
  if (bits === undefined) return undefined
  const digest = createHash(`sha${bits}`).update(value).digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

function timed(jwt: Jwt, claim: string, fits: (seconds: number) => boolean, expected: string, now: number): Finding {
  const value = jwt.claims[claim]
  if (typeof value !== 'number') return { ok: false, expected: 'a number of seconds', actual: show(value) }
  return { ok: fits(value), expected, actual: relative(value - now / 1000) }
}

/** `in 59 min 58 s`, `6 min ago`. */
function relative(seconds: number): string {
  const size = Math.round(Math.abs(seconds))
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]] as const
  const at = Math.max(0, units.findIndex(([, length]) => size >= length))
  const parts = units.slice(at, at + 2).map(([unit, length], index) => {
    const previous = units[at + index - 1]
    return [Math.floor((index === 0 || !previous ? size : size % previous[1]) / length), unit] as const
  })
  if (size === 0) return 'now'
  const text = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`).join(' ')
  return seconds > 0 ? `in ${text}` : `${text} ago`
}

function audience(aud: Json | undefined): string[] {
  if (typeof aud === 'string') return [aud]
  return Array.isArray(aud) ? aud.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))) : []
}

function find(parameters: readonly Parameter[], name: string): string | undefined {
  return parameters.find((parameter) => parameter.name === name)?.value
}

function show(value: Json | undefined): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value)
}
