/**
 * What a walk does in each code-flow module of the OpenID Foundation's suite for relying parties. test/hostile proves it
 * against a provider that makes the suite's changes, and run.mjs against the suite itself.
 * @typedef {object} Module
 * @property {number} exit
 * @property {string} [check] the check that refuses
 * @property {readonly string[]} [args] after the usual arguments
 * @property {string} [lacks] what the suite waits for and this client does not do
 * @property {number} [logins] how many the suite wants to see: one where absent
 * @property {true} [early] the suite ends the module once the keys were fetched, before there is a login
 * @property {true} [optional] the suite passes over a client that does not want to go on
 */

const accepts = { exit: 0 }
/** @param {string} check */
const rejects = (check) => ({ exit: 4, check })
/** @param {string} lacks */
const without = (lacks) => ({ exit: 0, lacks })
/** @param {string} alg */
const registered = (alg) => ({ args: ['--id-token-alg', alg] })
const refreshes = without('the walk does not refresh')

/** @type {Readonly<Record<string, Module>>} */
export const modules = {
  'oidcc-client-test': accepts,
  'oidcc-client-test-invalid-iss': rejects('id-token-iss'),
  'oidcc-client-test-missing-sub': rejects('id-token-sub'),
  'oidcc-client-test-invalid-aud': rejects('id-token-aud'),
  'oidcc-client-test-missing-iat': rejects('id-token-iat'),
  'oidcc-client-test-kid-absent-single-jwks': accepts,
  'oidcc-client-test-kid-absent-multiple-jwks': accepts,
  'oidcc-client-test-idtoken-sig-rs256': accepts,
  'oidcc-client-test-idtoken-sig-none': { ...rejects('id-token-alg'), optional: true },
  'oidcc-client-test-invalid-sig-rs256': rejects('id-token-sig'),
  'oidcc-client-test-userinfo-invalid-sub': rejects('userinfo-sub'),
  'oidcc-client-test-nonce-invalid': rejects('id-token-nonce'),
  'oidcc-client-test-scope-userinfo-claims': { ...accepts, args: ['--scope', 'openid profile email phone address'] },
  'oidcc-client-test-client-secret-basic': { ...accepts, args: ['--auth-method', 'client_secret_basic'] },
  'oidcc-client-test-discovery-openid-config': accepts,
  'oidcc-client-test-discovery-jwks-uri-keys': { ...accepts, early: true },
  'oidcc-client-test-discovery-issuer-mismatch': rejects('metadata-issuer'),
  'oidcc-client-test-signing-key-rotation-just-before-signing': accepts,
  'oidcc-client-test-signing-key-rotation': { ...accepts, logins: 2 },
  'oidcc-client-test-ignores-unparseable-key-in-jwks': accepts,
  'oidcc-client-test-missing-aud': rejects('id-token-aud'),
  'oidcc-client-test-userinfo-bearer-header': accepts,
  'oidcc-client-test-userinfo-bearer-body': without('RFC 6750 2.2 says SHOULD NOT: the header is the only way here'),
  'oidcc-client-test-invalid-sig-hs256': { ...rejects('id-token-sig'), ...registered('HS256') },
  'oidcc-client-test-invalid-sig-es256': { ...rejects('id-token-sig'), ...registered('ES256') },
  'oidcc-client-test-aggregated-claims': accepts,
  'oidcc-client-test-distributed-claims': without('Claims of another source are shown and not fetched'),
  'oidcc-client-test-discovery-webfinger-acct': { exit: 2, lacks: 'an acct: URI is refused: the issuer itself is asked for' },
  'oidcc-client-test-discovery-webfinger-url': without('a URL is taken for the issuer itself'),
  'oidcc-client-test-userinfo-signed': accepts,
  'oidcc-client-test-form-post-error': { exit: 3, args: ['--prompt', 'none', '--max-age', '0', '--param', 'response_mode=form_post'] },
  'oidcc-client-test-dynamic-registration': without('a walk registers no client'),
  'oidcc-client-test-request-uri-signed-rs256': { exit: 2, lacks: 'request objects are not made here' },
  'oidcc-client-test-request-uri-signed-none': without('request objects are not made here'),
  'oidcc-client-test-mtls-endpoint-aliases': { exit: 2, args: ['--auth-method', 'self_signed_tls_client_auth'], lacks: 'mutual TLS is refused' },
  'oidcc-client-test-refresh-token': refreshes,
  'oidcc-client-test-refresh-token-invalid-issuer': refreshes,
  'oidcc-client-test-refresh-token-invalid-sub': refreshes,
}
