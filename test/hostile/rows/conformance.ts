import { compactJws, ecKeys, es256, hs256, publicJwk, rs256, rsaKeys } from '../../support/signing.ts'
import { json, providerKey } from '../honest.ts'
import { type Knob, members } from '../knob.ts'
import type { Expectation, Row } from '../row.ts'

/** The code-flow modules of the OpenID Foundation's relying-party suite, by their names, with the changes that it makes. */
const module = (name: string, says: string, knob: Knob, expect: Expectation, more: Partial<Row> = {}): Row => ({
  id: name === '' ? 'oidcc-client-test' : `oidcc-client-test-${name}`, says, knob, expect, ...more,
})

type Claims = Record<string, string | number | string[] | undefined>

/** The suite changes one claim and signs again. */
function claims(patch: (honest: Record<string, unknown>, now: number) => Claims): Knob {
  return {
    'id-token': (token, { now }) => ({
      ...token,
      claims: Object.fromEntries(Object.entries({ ...token.claims, ...patch(token.claims, now) }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
    }),
  }
}

const accepts: Expectation = { exit: 0 }
const rejects = (check: string): Expectation => ({ exit: 4, check })
const refetched = ['metadata', 'jwks', 'userinfo', 'token', 'jwks'] as const
const refuses = (...shows: string[]): Expectation => ({ exit: 2, shows })
const unlike = (name: string, says: string, why: string) => module(name, says, {}, accepts, { skip: why })

const otherKey = rsaKeys()
const ec = ecKeys()
const kidless: Knob['id-token'] = (token) => ({ ...token, header: { alg: 'RS256' } })
const alg = (name: string) => ({ args: ['--id-token-alg', name] })

/** A key of the issuer that is there from the second time on. */
const rotating: Knob = {
  jwks: (_, { time }) => json({ keys: [publicJwk(time === 1 ? otherKey : providerKey, { kid: time === 1 ? 'old' : 'k1', use: 'sig' })] }),
}

export const conformanceRows: readonly Row[] = [
  module('', 'authorize, exchange, ask UserInfo', {}, accepts),
  module('invalid-iss', 'iss with 1 behind it', claims(({ iss }) => ({ iss: `${String(iss)}1` })), rejects('id-token-iss')),
  module('missing-sub', 'no sub', claims(() => ({ sub: undefined })), rejects('id-token-sub')),
  module('invalid-aud', 'aud with 1 behind it', claims(({ aud }) => ({ aud: `${String(aud)}1` })), rejects('id-token-aud')),
  module('missing-iat', 'no iat', claims(() => ({ iat: undefined })), rejects('id-token-iat')),
  module('kid-absent-single-jwks', 'no kid, one key', { 'id-token': kidless }, accepts),
  module('kid-absent-multiple-jwks', 'no kid, several keys: all are tried', {
    jwks: () => json({ keys: [publicJwk(otherKey, { use: 'sig' }), publicJwk(providerKey, { use: 'sig' })] }), 'id-token': kidless,
  }, accepts),
  module('idtoken-sig-rs256', 'RS256', {}, accepts),
  module('idtoken-sig-none', 'alg none: stopping is allowed', { 'id-token': (token) => ({ ...token, header: { alg: 'none' }, signature: 'none' }) }, rejects('id-token-alg')),
  module('invalid-sig-rs256', 'a broken RS256 signature, and UserInfo is not asked', { 'id-token': (token) => ({ ...token, signature: 'wrong' }) }, rejects('id-token-sig')),
  module('userinfo-invalid-sub', 'sub of UserInfo is another', { userinfo: members((_, { sub }) => ({ sub: `${String(sub)}1` })) }, rejects('userinfo-sub')),
  module('nonce-invalid', 'nonce with 1 behind it', claims(({ nonce }) => ({ nonce: `${String(nonce)}1` })), rejects('id-token-nonce')),
  module('scope-userinfo-claims', 'profile, email, phone and address are asked for and read', {}, { ...accepts, shows: ['alice@example.com'], asked: { scope: 'openid profile email phone address' } }, { args: ['--scope', 'openid profile email phone address'] }),
  module('client-secret-basic', 'client_secret_basic', {
    'token-response': (honest, { redeemed }) => (redeemed.has('client_secret') ? { ...honest, status: 400, body: { error: 'invalid_client' } } : honest),
  }, accepts, { args: ['--auth-method', 'client_secret_basic'] }),
  module('discovery-openid-config', 'the metadata is fetched and used', {}, accepts),
  module('discovery-jwks-uri-keys', 'jwks_uri is another in each run', {}, accepts),
  module('discovery-issuer-mismatch', 'the issuer has INVALID behind it', { metadata: members(({ issuer }) => ({ issuer: `${issuer}INVALID` })) }, rejects('metadata-issuer')),
  module('signing-key-rotation-just-before-signing', 'the keys are fetched again', rotating, { exit: 0, requests: [...refetched, 'userinfo'] }),
  module('signing-key-rotation', 'in each of two logins the keys are those of that login: the first', {}, accepts),
  module('signing-key-rotation', 'and the second, after the change', rotating, { exit: 0, requests: [...refetched, 'userinfo'] }),
  module('missing-aud', 'no aud', claims(() => ({ aud: undefined })), rejects('id-token-aud')),
  module('userinfo-bearer-header', 'the access token is in the Authorization header', {}, accepts),
  unlike('userinfo-bearer-body', 'the access token in a form', 'RFC 6750 2.2 says SHOULD NOT: the header is the only way here'),
  module('invalid-sig-hs256', 'a broken HS256 signature', { 'id-token': ({ header, claims: payload }) => compactJws({ ...header, alg: 'HS256' }, payload, hs256('not the secret of this client')) }, rejects('id-token-sig'), alg('HS256')),
  module('invalid-sig-es256', 'a broken ES256 signature', {
    jwks: () => json({ keys: [publicJwk(ec, { kid: 'k1', use: 'sig' })] }),
    'id-token': ({ header, claims: payload }) => compactJws({ ...header, alg: 'ES256' }, payload, (input) => es256(ec)(Buffer.concat([input, Buffer.from('x')]))),
  }, rejects('id-token-sig'), alg('ES256')),
  module('aggregated-claims', 'Claims of another source, as a JWT inside: shown', { userinfo: members(() => ({ _claim_names: { shoe_size: 'src1' }, _claim_sources: { src1: { JWT: 'eyJhbGciOiJub25lIn0.e30.' } } })) }, { ...accepts, shows: ['_claim_sources'] }),
  module('distributed-claims', 'Claims of another source, by their address: shown and not fetched', {
    userinfo: members(({ stranger }) => ({ _claim_names: { credit: 'src1' }, _claim_sources: { src1: { endpoint: `${stranger}/claims`, access_token: 'theirs' } } })),
  }, { ...accepts, neverSent: ['stranger'], shows: ['_claim_sources'] }),
  module('discovery-webfinger-acct', 'an acct: URI is refused: the issuer itself is asked for', {}, refuses(), { typed: () => 'acct:alice@127.0.0.1' }),
  unlike('discovery-webfinger-url', 'WebFinger with a URL', 'a URL is taken for the issuer itself'),
  module('userinfo-signed', 'a signed UserInfo is verified', {
    userinfo: ({ body }, { issuer, clientId }) => ({ status: 200, headers: { 'content-type': 'application/jwt' }, body: compactJws({ alg: 'RS256', kid: 'k1' }, { ...body, iss: issuer, aud: clientId }, rs256(providerKey)) }),
  }, accepts),
  module('form-post-error', 'prompt=none and max_age=0 end with login_required, in a form', {
    'authorization-response': (honest) => [{ name: 'error', value: 'login_required' }, ...honest.filter(({ name }) => name !== 'code')],
  }, { exit: 3, shows: ['login_required'], asked: { prompt: 'none', max_age: '0', response_mode: 'form_post' }, requests: ['metadata', 'jwks', 'userinfo'] }, { args: ['--prompt', 'none', '--max-age', '0', '--param', 'response_mode=form_post'] }),
  module('', 'the same with response_mode=form_post', {}, { exit: 0, asked: { response_mode: 'form_post' } }, { args: ['--param', 'response_mode=form_post'] }),
  unlike('dynamic-registration', 'the client registers itself', 'clients are not registered here'),
  module('request-uri-signed-rs256', 'signed request objects are demanded: refused', { metadata: members(() => ({ require_signed_request_object: true })) }, { ...refuses('JAR'), requests: ['metadata'] }),
  unlike('request-uri-signed-none', 'an unsigned request object by reference', 'request objects are not made here'),
  module('mtls-endpoint-aliases', 'mutual TLS is refused', {}, refuses('client_secret_basic'), { args: ['--auth-method', 'self_signed_tls_client_auth'] }),
  unlike('refresh-token', 'a refresh, and UserInfo with the new token', 'the walk does not refresh'),
  unlike('refresh-token-invalid-issuer', 'a refresh with another iss', 'the walk does not refresh'),
  unlike('refresh-token-invalid-sub', 'a refresh with another sub', 'the walk does not refresh'),
]
