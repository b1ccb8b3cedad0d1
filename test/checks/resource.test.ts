import { describe } from 'vitest'
import { challengeChecks, userInfoChecks } from '../../src/checks/resource.ts'
import { proveTable } from './table.ts'

describe('without a token', () => {
  proveTable(challengeChecks, [
    ['401 with a challenge', [], { status: 401, wwwAuthenticate: 'Bearer' }],
    ['401 without a challenge', ['resource-challenge'], { status: 401 }],
    ['200', ['resource-refuses'], { status: 200 }],
    ['403', [], { status: 403 }],
  ])
})

describe('UserInfo', () => {
  proveTable(userInfoChecks, [
    ['the same sub', [], { claims: { sub: 'alice' }, sub: 'alice' }],
    ['another sub', ['userinfo-sub'], { claims: { sub: 'bob' }, sub: 'alice' }],
    ['no sub', ['userinfo-sub'], { claims: {}, sub: 'alice' }],
    ['a number for a string', ['userinfo-sub'], { claims: { sub: 1 }, sub: '1' }],
    ['no ID Token to compare with', [], { claims: { sub: 'alice' } }],
  ])
})
