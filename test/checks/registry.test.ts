import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { checks } from '../../src/checks/index.ts'
import { refusals } from '../../src/checks/refusals.ts'
import { lies } from '../../src/practice/lies.ts'
import { readSource } from '../support/source.ts'

const checkIds = checks.map(({ id }) => id)
const ids = [...checkIds, ...refusals.map(({ id }) => id)]

/** Where what no lie of the practice provider can bring about is proven able to fail. */
const proofs: readonly (readonly [ids: RegExp, file: string])[] = [
  [/^registration-/, 'registration.test.ts'],
  [/-dialect$/, 'providers/walks.test.ts'],
  [/^userinfo-(sig|iss|aud)$/, 'checks/resource.test.ts'],
  // The practice provider is on this machine, so it can't pose as a public one.
  [/^metadata-url-private$/, 'checks/metadata.test.ts'],
  [/^json-bom$/, 'hostile/rows/discovery.ts'],
]

test('each check is proven able to fail, by a lie or in a file that is named here', async () => {
  const told = new Set(lies.map(({ id }) => id))
  const others = checkIds.filter((id) => !told.has(id))
  const unproven = await Promise.all(others.map(async (id) => ((await proofOf(id)).includes(`'${id}'`) ? [] : [id])))
  expect(unproven.flat()).toEqual([])
})

async function proofOf(id: string): Promise<string> {
  const file = proofs.find(([pattern]) => pattern.test(id))?.[1]
  return file === undefined ? '' : await readFile(new URL(`../${file}`, import.meta.url), 'utf8')
}

describe('ids', () => {
  test('are unique and say which message they are about', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    for (const id of checkIds) expect(id).toMatch(/^(json|metadata|resource|authorization-response|token-response|jwks|id-token|userinfo|registration)-[a-z0-9-]+$/)
  })

  test('whatever a failure may name is known', () => {
    const named = readSource().flatMap(({ text }) => [
      ...literals(text, /\bcheck: '([a-z-]+)'/g),
      ...literals(text, /\bmalformed\('([a-z-]+)'/g),
      ...literals(text, /\bJsonError\('([a-z-]+)'/g).filter((id) => id !== 'json-syntax'),
      ...literals(text, /\breadObject\(\w+, '([a-z-]+)'/g).map((message) => `${message}-json`),
      ...literals(text, /\brefuseRedirect\(\w+, '([a-z-]+)'/g).map((message) => `${message}-redirect`),
    ])
    expect(new Set(named).size).toBeGreaterThan(20)
    // Both are told as `jwks-fetch`.
    expect(named.filter((id) => !ids.includes(id) && id !== 'jwks-json' && id !== 'jwks-redirect')).toEqual([])
  })
})

function literals(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, id = '']) => id)
}
