import { jwksChecks } from '../checks/jwks.ts'
import { isAsymmetric, keysOf, weakness } from '../oauth/signature.ts'
import { probeOf } from './checked.ts'
import type { Need, Probe } from './probe.ts'

const family = 'Keys'
const REFUSED = 4
const needs: readonly Need[] = ['network', 'openid']
/** RFC 7518 6.2.2 and 6.3.2: what only the owner of a key may have. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth']

export const keyProbes: readonly Probe[] = [
  {
    id: 'keys-fetched',
    family,
    title: 'the server’s keys can be had',
    section: 'OpenID Connect Core 10.1',
    how: 'jwks_uri is asked as in step 0.',
    needs,
    exit: REFUSED,
    async run({ metadata, outside }) {
      const { jwks_uri: url } = await metadata()
      if (url === undefined) return undefined
      const { status } = await outside.send({ method: 'GET', url, headers: [{ name: 'accept', value: 'application/json' }], parameters: [] })
      if (status === 200) return { status: 'pass', found: url }
      return { status: 'fail', found: `jwks_uri answers with status ${status}`, evidence: [url], fix: 'Open jwks_uri in a browser: without these keys no ID Token can be verified.', sure: 'certain' }
    },
  },
  // A published secret is a failure here: keys-private says so.
  ...jwksChecks.filter(({ id }) => id !== 'jwks-secret').map((check) => probeOf(check, { family, needs, input: ({ jwks }) => jwks() })),
  {
    id: 'keys-fit',
    family,
    title: 'a key fits the expected algorithm',
    section: 'OpenID Connect Core 3.1.3.7 (7)',
    how: 'The algorithm that is expected, RS256 or --id-token-alg, is held against kty, use and alg of each key.',
    needs,
    exit: REFUSED,
    async run({ jwks, settings: { idTokenAlg = 'RS256' } }) {
      if (!isAsymmetric(idTokenAlg)) return undefined
      const keys = keysOf(await jwks())
      const kty = idTokenAlg.startsWith('E') ? (idTokenAlg.startsWith('Ed') ? 'OKP' : 'EC') : 'RSA'
      const fitting = keys.filter((key) => key['kty'] === kty && (key['use'] ?? 'sig') === 'sig' && (key['alg'] ?? idTokenAlg) === idTokenAlg)
      if (fitting.length > 0) return { status: 'pass', found: `${fitting.length} for ${idTokenAlg}` }
      const others = [...new Set(keys.flatMap(({ alg, kty }) => alg ?? kty ?? []))].join(', ')
      return { status: 'fail', found: `no key for ${idTokenAlg}`, evidence: [`it publishes ${others || 'nothing'}`], fix: 'Set the ID Token’s algorithm in the client’s registration, or name the one in use with --id-token-alg.', sure: 'probable' }
    },
  },
  {
    id: 'keys-strength',
    family,
    title: 'no key is weak',
    section: 'RFC 7518 3.3',
    how: 'RSA keys of fewer than 2048 bits, and exponents that are known to be weak, are looked for.',
    needs,
    exit: REFUSED,
    async run({ jwks }) {
      const weak = keysOf(await jwks()).flatMap((key) => weakness(key)?.says ?? [])
      if (weak.length === 0) return { status: 'pass', found: '2048 bits or more' }
      return { status: 'fail', found: weak.join(', '), evidence: ['a signature made with such a key is not accepted here'], fix: 'Ask whoever runs this server for keys of 2048 bits or more.', sure: 'certain' }
    },
  },
  {
    id: 'keys-private',
    family,
    title: 'no private key is published',
    section: 'RFC 7517 9.2',
    how: 'Members that only the owner of a key may have are looked for: d, p, q and their like.',
    needs,
    exit: REFUSED,
    async run({ jwks }) {
      const leaked = keysOf(await jwks()).filter((key) => PRIVATE.some((member) => key[member] !== undefined) || key['kty'] === 'oct')
      if (leaked.length === 0) return { status: 'pass', found: 'public parts alone' }
      return { status: 'fail', found: `${leaked.length} with private parts`, evidence: ['whoever reads jwks_uri can sign ID Tokens of this issuer'], fix: 'Tell whoever runs this server at once: these keys have to be replaced.', sure: 'certain' }
    },
  },
]
