/** The asymmetric signature algorithms that are accepted, with the `kty` (and `crv`) that each needs, RFC 7518 3.1. */
export const ALGORITHMS: Readonly<Record<string, { kty: string; crv?: readonly string[] }>> = {
  RS256: { kty: 'RSA' },
  RS384: { kty: 'RSA' },
  RS512: { kty: 'RSA' },
  PS256: { kty: 'RSA' },
  PS384: { kty: 'RSA' },
  PS512: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: ['P-256'] },
  ES384: { kty: 'EC', crv: ['P-384'] },
  ES512: { kty: 'EC', crv: ['P-521'] },
  EdDSA: { kty: 'OKP', crv: ['Ed25519'] },
  Ed25519: { kty: 'OKP', crv: ['Ed25519'] },
}

/** What `--id-token-alg` may be: HMAC with the client secret too, where a client is registered for it. */
export const signatureAlgorithms: readonly string[] = [...Object.keys(ALGORITHMS), 'HS256', 'HS384', 'HS512']
