import { expect, test } from 'vitest'
import { authorizationRows } from './rows/authorization.ts'
import { runRow } from './run.ts'
import { proveCoverage, proveRows } from './table.ts'

proveCoverage(authorizationRows, 'A', [1, 2, 4, 5, 7, 8, 10, 11, 12, 13, 14, 16, 17])
proveRows(authorizationRows, 3)

test('A-02: state, nonce and code_verifier have 256 bits, and no two are alike', async () => {
  const walks = await Promise.all(['json', 'text'].map((mode) => runRow({ id: 'A-02', says: '', expect: { exit: 0 } }, mode === 'json' ? 'json' : 'text')))
  const values = walks.flatMap(({ provider: { facts: { asked, redeemed } } }) => [asked.get('state'), asked.get('nonce'), redeemed.get('code_verifier')])
  expect(values).toHaveLength(6)
  for (const value of values) expect(value).toMatch(/^[A-Za-z0-9_-]{43,128}$/)
  expect(new Set(values).size).toBe(values.length)
})
