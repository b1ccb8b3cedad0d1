import { describe, expect, test } from 'vitest'
import type { Row } from './row.ts'
import { accessTokenRows } from './rows/access-token.ts'
import { runRow } from './run.ts'
import { proveCoverage, proveRows } from './table.ts'

proveCoverage(accessTokenRows, 'B', [1, 3, 4, 6, 7])
proveRows(accessTokenRows, 4)

const printing = (...args: string[]): Row => ({ id: 'B-07', says: 'the token itself', args, expect: { exit: 0 } })

describe('B-07: who gets the access token in full', () => {
  test('a terminal does', async () => {
    const { stdout, provider } = await runRow(printing(), 'terminal')
    expect(stdout).toContain(provider.facts.canaries.accessToken)
  })

  test('a terminal with --hide-tokens does not', async () => {
    const { stdout, provider } = await runRow(printing('--hide-tokens'), 'terminal')
    expect(stdout).not.toContain(provider.facts.canaries.accessToken)
  })

  test('--print gives it alone, and standard error has none of it', async () => {
    const { stdout, stderr, provider } = await runRow(printing('--print', 'access_token'), 'text')
    expect(stdout).toBe(`${provider.facts.canaries.accessToken}\n`)
    expect(stderr).not.toContain(provider.facts.canaries.accessToken)
  })
})
