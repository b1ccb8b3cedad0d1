import { describe, expect, test } from 'vitest'
import { claims, joseHeader, timeClaims } from '../../src/oauth/claims.ts'
import {
  authorizationRequest,
  authorizationResponse,
  clientRegistration,
  meaningOf,
  type Meanings,
  metadata,
  requestHeaders,
  responseHeaders,
  tokenRequest,
  tokenResponse,
} from '../../src/oauth/parameters.ts'

const tables = {
  authorizationRequest,
  authorizationResponse,
  tokenRequest,
  tokenResponse,
  clientRegistration,
  metadata,
  requestHeaders,
  responseHeaders,
  claims,
  joseHeader,
}
const SPECIFICATION = /^(RFC \d{4}|OpenID Connect [A-Z][\w -]+|JARM|FAPI 1\.0 Advanced) \d+(\.\d+)*$/
const PROVIDER = /^(Auth0|GitHub|Google|Keycloak|Microsoft Entra)$/

describe.each(Object.entries(tables))('%s', (_name, table) => {
  test.each(Object.entries(table))('%s', (_parameter, { meaning, section }) => {
    expect(meaning.split(' ').length).toBeLessThanOrEqual(8)
    expect(meaning).toMatch(/^[^.!\u2014]+$/)
    expect(section).toMatch(new RegExp(`${SPECIFICATION.source}|${PROVIDER.source}`))
  })
})

test('what the flow itself sends and needs has a meaning', () => {
  const asked = ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'nonce', 'code_challenge']
  expect(without(authorizationRequest, [...asked, 'code_challenge_method'])).toEqual([])
  expect(without(tokenRequest, ['grant_type', 'code', 'redirect_uri', 'code_verifier'])).toEqual([])
  expect(without(claims, ['iss', 'sub', 'aud', 'exp', 'iat', 'nonce', ...timeClaims])).toEqual([])
})

function without(table: Meanings, names: readonly string[]): string[] {
  return names.filter((name) => !meaningOf(table, name))
}

test('a name from outside finds nothing that is not in the table', () => {
  for (const name of ['constructor', '__proto__', 'toString', '']) expect(meaningOf(claims, name)).toBeUndefined()
})
