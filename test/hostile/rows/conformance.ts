import { type Module, modules } from '../../conformance/modules.mjs'
import { compactJws, ecKeys, es256, hs256, publicJwk, rs256, rsaKeys } from '../../support/signing.ts'
import { json, providerKey } from '../honest.ts'
import { type Knob, members } from '../knob.ts'
import type { Expectation, Row } from '../row.ts'

/** A code-flow module of the OpenID Foundation's relying-party suite, by its name, with the change that it makes. */
function module(name: string, says: string, knob: Knob, { expect, ...more }: Partial<Omit<Row, 'expect'>> & { expect?: Partial<Expectation> } = {}): Row {
  const id = name === '' ? 'oidcc-client-test' : `oidcc-client-test-${name}`
  const { exit, check, args = [] } = known(id)
  return { id, says, knob, args, expect: { exit, ...(check === undefined ? {} : { check }), ...expect }, ...more }
}

function known(id: string): Module {
  const found = modules[id]
  if (!found) throw new Error(`no module is called ${id}`)
  return found
}

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

const refetched = ['metadata', 'jwks', 'userinfo', 'token', 'jwks'] as const
const unlike = (name: string, says: string) => module(name, says, {}, { skip: known(`oidcc-client-test-${name}`).lacks ?? '' })

const otherKey = rsaKeys()
const ec = ecKeys()
const kidless: Knob['id-token'] = (token) => ({ ...token, header: { alg: 'RS256' } })

/** A key of the issuer that is there from the second time on. */
const rotating: Knob = {
  jwks: (_, { time }) => json({ keys: [publicJwk(time === 1 ? otherKey : providerKey, { kid: time === 1 ? 'old' : 'k1', use: 'sig' })] }),
}

export const conformanceRows: readonly Row[] = [
  module('', 'authorize, exchange, ask UserInfo', {}),
  module('invalid-iss', 'iss with 1 behind it', claims(({ iss }) => ({ iss: `${String(iss)}1` }))),
  module('missing-sub', 'no sub', claims(() => ({ sub: undefined }))),
  module('invalid-aud', 'aud with 1 behind it', claims(({ aud }) => ({ aud: `${String(aud)}1` }))),
  module('missing-iat', 'no iat', claims(() => ({ iat: undefined }))),
  module('kid-absent-single-jwks', 'no kid, one key', { 'id-token': kidless }),
  module('kid-absent-multiple-jwks', 'no kid, several keys: all are tried', {
    jwks: () => json({ keys: [publicJwk(otherKey, { use: 'sig' }), publicJwk(providerKey, { use: 'sig' })] }), 'id-token': kidless,
  }),
  module('idtoken-sig-rs256', 'RS256', {}),
  module('idtoken-sig-none', 'alg none: stopping is allowed', { 'id-token': (token) => ({ ...token, header: { alg: 'none' }, signature: 'none' }) }),
  module('invalid-sig-rs256', 'a broken RS256 signature, and UserInfo is not asked', { 'id-token': (token) => ({ ...token, signature: 'wrong' }) }),
  module('userinfo-invalid-sub', 'sub of UserInfo is another', { userinfo: members((_, { sub }) => ({ sub: `${String(sub)}1` })) }),
  module('nonce-invalid', 'nonce with 1 behind it', claims(({ nonce }) => ({ nonce: `${String(nonce)}1` }))),
  module('scope-userinfo-claims', 'profile, email, phone and address are asked for and read', {}, { expect: { shows: ['alice@example.com'], asked: { scope: 'openid profile email phone address' } } }),
  module('client-secret-basic', 'client_secret_basic', {
    'token-response': (honest, { redeemed }) => (redeemed.has('client_secret') ? { ...honest, status: 400, body: { error: 'invalid_client' } } : honest),
  }),
  module('discovery-openid-config', 'the metadata is fetched and used', {}),
  module('discovery-jwks-uri-keys', 'jwks_uri is another in each run', {}),
  module('discovery-issuer-mismatch', 'the issuer has INVALID behind it', { metadata: members(({ issuer }) => ({ issuer: `${issuer}INVALID` })) }),
  module('signing-key-rotation-just-before-signing', 'the keys are fetched again', rotating, { expect: { requests: [...refetched, 'userinfo'] } }),
  module('signing-key-rotation', 'in each of two logins the keys are those of that login: the first', {}),
  module('signing-key-rotation', 'and the second, after the change', rotating, { expect: { requests: [...refetched, 'userinfo'] } }),
  module('ignores-unparseable-key-in-jwks', 'two keys of kinds that nobody knows, beside the right one', {
    jwks: () => json({ keys: [{ kty: 'AKP', alg: 'ML-DSA-999', kid: 'k2', pub: 'AAAA' }, { kty: 'made-up', kid: 'k3' }, publicJwk(providerKey, { kid: 'k1', use: 'sig' })] }),
  }),
  module('missing-aud', 'no aud', claims(() => ({ aud: undefined }))),
  module('userinfo-bearer-header', 'the access token is in the Authorization header', {}),
  unlike('userinfo-bearer-body', 'the access token in a form'),
  module('invalid-sig-hs256', 'a broken HS256 signature', { 'id-token': ({ header, claims: payload }) => compactJws({ ...header, alg: 'HS256' }, payload, hs256('not the secret of this client')) }),
  module('invalid-sig-es256', 'a broken ES256 signature', {
    jwks: () => json({ keys: [publicJwk(ec, { kid: 'k1', use: 'sig' })] }),
    'id-token': ({ header, claims: payload }) => compactJws({ ...header, alg: 'ES256' }, payload, (input) => es256(ec)(Buffer.concat([input, Buffer.from('x')]))),
  }),
  module('aggregated-claims', 'Claims of another source, as a JWT inside: shown', { userinfo: members(() => ({ _claim_names: { shoe_size: 'src1' }, _claim_sources: { src1: { JWT: 'eyJhbGciOiJub25lIn0.e30.' } } })) }, { expect: { shows: ['_claim_sources'] } }),
  module('distributed-claims', 'Claims of another source, by their address: shown and not fetched', {
    userinfo: members(({ stranger }) => ({ _claim_names: { credit: 'src1' }, _claim_sources: { src1: { endpoint: `${stranger}/claims`, access_token: 'theirs' } } })),
  }, { expect: { neverSent: ['stranger'], shows: ['_claim_sources'] } }),
  module('discovery-webfinger-acct', 'an acct: URI is refused: the issuer itself is asked for', {}, { typed: () => 'acct:alice@127.0.0.1' }),
  unlike('discovery-webfinger-url', 'WebFinger with a URL'),
  module('userinfo-signed', 'a signed UserInfo is verified', {
    userinfo: ({ body }, { issuer, clientId }) => ({ status: 200, headers: { 'content-type': 'application/jwt' }, body: compactJws({ alg: 'RS256', kid: 'k1' }, { ...body, iss: issuer, aud: clientId }, rs256(providerKey)) }),
  }),
  module('form-post-error', 'prompt=none and max_age=0 end with login_required, in a form', {
    'authorization-response': (honest) => [{ name: 'error', value: 'login_required' }, ...honest.filter(({ name }) => name !== 'code')],
  }, { expect: { shows: ['login_required'], asked: { prompt: 'none', max_age: '0', response_mode: 'form_post' }, requests: ['metadata', 'jwks', 'userinfo'] } }),
  module('', 'the same with response_mode=form_post', {}, { expect: { asked: { response_mode: 'form_post' } }, args: ['--param', 'response_mode=form_post'] }),
  unlike('dynamic-registration', 'the client registers itself'),
  module('request-uri-signed-rs256', 'signed request objects are demanded: refused', { metadata: members(() => ({ require_signed_request_object: true })) }, { expect: { shows: ['JAR'], requests: ['metadata'] } }),
  unlike('request-uri-signed-none', 'an unsigned request object by reference'),
  module('mtls-endpoint-aliases', 'mutual TLS is refused', {}, { expect: { shows: ['client_secret_basic'] } }),
  unlike('refresh-token', 'a refresh, and UserInfo with the new token'),
  unlike('refresh-token-invalid-issuer', 'a refresh with another iss'),
  unlike('refresh-token-invalid-sub', 'a refresh with another sub'),
]
