import type { Json } from '../../events.ts'
import { body, key, type Lie } from './lie.ts'

export const jwksLies: readonly Lie[] = [
  {
    id: 'jwks-shape',
    says: 'The key set has no keys in it.',
    in: 'jwks',
    change: body(() => ({ keys: [] })),
  },
  {
    id: 'jwks-cap',
    says: 'The key set has hundreds of keys of a kind that nobody knows.',
    in: 'jwks',
    change: joinedBy(...Array.from({ length: 200 }, (_, index) => ({ kty: 'XYZ', kid: `x${index}` }))),
  },
  {
    id: 'jwks-usable',
    says: 'Beside the good key lies one without its modulus.',
    in: 'jwks',
    change: joinedBy({ kty: 'RSA', kid: 'half-a-key', e: 'AQAB' }),
  },
  {
    id: 'jwks-secret',
    says: 'Beside the good key lies a symmetric one, for everybody to read.',
    in: 'jwks',
    change: joinedBy({ kty: 'oct', kid: 'shared', k: 'c2VjcmV0' }),
  },
  {
    id: 'jwks-kid-unique',
    says: 'Two keys have the same kid.',
    in: 'jwks',
    change: body((_facts, { keys }) => ({ keys: Array.isArray(keys) ? [...keys, ...keys] : [] })),
  },
  {
    id: 'jwks-x5c',
    says: 'The certificate beside the key is none.',
    in: 'jwks',
    change: key(() => ({ x5c: ['bm8gY2VydGlmaWNhdGU='] })),
  },
]

/** The published keys, and these. */
function joinedBy(...more: Json[]) {
  return body((_facts, { keys }) => ({ keys: [...(Array.isArray(keys) ? keys : []), ...more] }))
}
