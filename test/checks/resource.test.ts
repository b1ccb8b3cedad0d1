import { describe } from 'vitest'
import { challengeChecks, signedUserInfoChecks, userInfoChecks } from '../../src/checks/resource.ts'
import { proveTable } from './table.ts'

describe('without a token', () => {
  proveTable('protected-resource', challengeChecks, [
    ['401 with a challenge', [], { status: 401, wwwAuthenticate: 'Bearer' }],
    ['401 without a challenge', ['resource-challenge'], { status: 401 }],
    ['200', ['resource-refuses'], { status: 200 }],
    ['403', [], { status: 403 }],
  ])
})

describe('UserInfo', () => {
  proveTable('userinfo', userInfoChecks, [
    ['the same sub', [], { claims: { sub: 'alice' }, sub: 'alice' }],
    ['another sub', ['userinfo-sub'], { claims: { sub: 'bob' }, sub: 'alice' }],
    ['no sub', ['userinfo-sub'], { claims: {}, sub: 'alice' }],
    ['a number for a string', ['userinfo-sub'], { claims: { sub: 1 }, sub: '1' }],
    ['no ID Token to compare with', [], { claims: { sub: 'alice' } }],
  ])
})

describe('signed UserInfo', () => {
  const right = { verdict: { candidates: [] }, claims: { sub: 'alice', iss: 'https://as.example', aud: 'client' }, clientId: 'client', issuer: 'https://as.example' }
  proveTable('signed-userinfo', signedUserInfoChecks, [
    ['as it should be', [], right],
    ['for several, and this client is one', [], { ...right, claims: { aud: ['other', 'client'] } }],
    ['neither iss nor aud', [], { ...right, claims: { sub: 'alice' } }],
    ['not the issuer’s signature', ['userinfo-sig'], { ...right, verdict: { candidates: [], problem: 'no key fits' } }],
    ['another issuer', ['userinfo-iss'], { ...right, claims: { iss: 'https://as.example/' } }],
    ['another client', ['userinfo-aud'], { ...right, claims: { aud: 'other' } }],
    ['a number for a client', ['userinfo-aud'], { ...right, claims: { aud: [7] } }],
  ])
})
