import { base64url } from '../../support/signing.ts'
import { lie, PAINT } from '../knob.ts'
import type { Expectation, Row } from '../row.ts'

const row = (id: string, says: string, accessToken: (core: string) => string, expect: Expectation, more: Partial<Row> = {}): Row => ({ id, says, accessToken, expect, ...more })

const jwt = (header: Record<string, string>, claims: (core: string) => Record<string, string>) => (core: string) =>
  `${base64url(header)}.${base64url(claims(core))}.${base64url(core)}`

export const accessTokenRows: readonly Row[] = [
  row('B-01', 'an opaque token is no error', (core) => core, { exit: 0, shows: ['opaque'] }, { everyMode: true }),
  row('B-03', 'a JWT whose signature nobody here could verify is not called forged', jwt({ alg: 'RS256', nonce: 'x', typ: 'JWT' }, (core) => ({ jti: core })), { exit: 0, hides: [/forged/i] }),
  row('B-04', 'Claims that paint', jwt({ alg: 'RS256', kid: PAINT }, (core) => ({ jti: core, name: PAINT, [PAINT]: 'x' })), { exit: 0 }, { everyMode: true }),
  row('B-04', 'alg none', jwt({ alg: 'none' }, (core) => ({ jti: core })), { exit: 0 }),
  row('B-04', 'three parts that are no base64url', (core) => `~.${core}.~`, { exit: 0 }),
  row('B-04', 'five parts', (core) => `a.b.${core}.c.d`, { exit: 0 }),
  row('B-04', 'a JWT with a list for a payload', (core) => `${base64url('{}')}.${base64url(`["${core}"]`)}.x`, { exit: 0 }),
  { id: 'B-06', says: 'no ID Token came: an access token is no proof of a login', knob: lie('token-response-id-token'), expect: { exit: 4, check: 'token-response-id-token' } },
  row('B-07', 'masked in a pipe, in full at a terminal', (core) => core, { exit: 0 }),
]
