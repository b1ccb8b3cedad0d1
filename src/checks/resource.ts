import type { Check } from '../check.ts'
import type { Json, JsonObject } from '../events.ts'
import type { Verdict } from '../oauth/signature.ts'

export interface UserInfoInput {
  claims: JsonObject
  /** `sub` of the ID Token. */
  sub?: string
}

export const userInfoChecks: readonly Check<UserInfoInput>[] = [
  {
    id: 'userinfo-sub',
    title: 'UserInfo speaks of the person of the ID Token',
    section: 'OpenID Connect Core 5.3.2',
    level: 'MUST',
    onFail: 'stop',
    why: 'An access token may be somebody else’s. Where sub differs, these Claims are about another person and must not be used.',
    fix: 'Use nothing of this answer, and report it to whoever runs this server.',
    test: ({ claims, sub }) => {
      const actual = claims['sub'] === undefined ? 'nothing' : typeof claims['sub'] === 'string' ? claims['sub'] : JSON.stringify(claims['sub'])
      return sub === undefined ? { skip: `${actual}, and no ID Token to compare with` } : { ok: claims['sub'] === sub, expected: sub, actual }
    },
  },
]

export interface SignedUserInfoInput {
  verdict: Verdict
  claims: JsonObject
  clientId: string
  issuer?: string
}

/** Only where UserInfo is a JWT, so no honest walk on the practice provider meets them. */
export const signedUserInfoChecks: readonly Check<SignedUserInfoInput>[] = [
  {
    id: 'userinfo-sig',
    title: 'the signed UserInfo is the issuer’s',
    section: 'OpenID Connect Core 5.3.2',
    level: 'MUST',
    onFail: 'stop',
    why: 'These Claims came as a JWT. Whoever can change the answer can write another one, and only the signature tells them apart.',
    fix: 'Use nothing of this answer. Look whether UserInfo is signed with the keys of jwks_uri.',
    test: ({ verdict }) => ({ ok: verdict.problem === undefined, expected: 'a signature of the issuer', actual: verdict.problem ?? 'a signature of the issuer' }),
  },
  {
    id: 'userinfo-iss',
    title: 'iss of the signed UserInfo, where it is sent, is the issuer',
    section: 'OpenID Connect Core 5.3.2',
    level: 'SHOULD',
    onFail: 'stop',
    why: 'Claims that another issuer signed say nothing about the person here.',
    fix: 'Use nothing of this answer, and compare both names letter by letter.',
    test: ({ claims: { iss }, issuer }) => {
      if (iss === undefined || issuer === undefined) return { skip: 'not sent, or no issuer to compare with' }
      return { ok: iss === issuer, expected: issuer, actual: show(iss) }
    },
  },
  {
    id: 'userinfo-aud',
    title: 'aud of the signed UserInfo, where it is sent, holds this client',
    section: 'OpenID Connect Core 5.3.2',
    level: 'SHOULD',
    onFail: 'stop',
    why: 'Claims that were signed for another client are not meant to be read here.',
    fix: 'Use nothing of this answer. Look whether the client_id is the one of this registration.',
    test: ({ claims: { aud }, clientId }) => {
      if (aud === undefined) return { skip: 'not sent' }
      return { ok: [aud].flat().includes(clientId), expected: clientId, actual: show(aud) }
    },
  },
]

export interface ChallengeInput {
  status: number
  wwwAuthenticate?: string
}

/** Judged before anybody logged in: is this a protected resource at all? */
export const challengeChecks: readonly Check<ChallengeInput>[] = [
  {
    id: 'resource-refuses',
    title: 'without a token the resource refuses',
    section: 'RFC 6750 3',
    level: 'MUST',
    onFail: 'warn',
    why: 'A resource that answers without a token is not protected, and nothing that follows would show anything.',
    fix: 'Name a protected resource with --resource.',
    test: ({ status }) => ({ ok: status === 401 || status === 403, expected: '401', actual: String(status) }),
  },
  {
    id: 'resource-challenge',
    title: 'and says how to ask: WWW-Authenticate',
    section: 'RFC 6750 3',
    level: 'MUST',
    onFail: 'warn',
    why: 'The header tells a client which kind of token to bring. Without it the client has to know beforehand.',
    fix: 'Report it to whoever runs the resource.',
    test: ({ status, wwwAuthenticate }) =>
      status === 401
        ? { ok: wwwAuthenticate !== undefined, expected: 'a WWW-Authenticate header', actual: wwwAuthenticate ?? 'none' }
        : { skip: `the answer was ${status}` },
  },
]

function show(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
