import { expect, test } from 'vitest'
import { type Check, examine } from '../../src/check.ts'

/** `[what the other side does, the checks that have to object, the input]` */
export type Row<Input> = [string, string[], Input]

/**
 * Each row has to be objected to by exactly these checks, and each check has to object in some row. What the checks
 * are and say is written down in ledgers/: `vitest -u` rewrites it, for the reviewer to read.
 */
export function proveTable<Input>(name: string, checks: readonly Check<Input>[], rows: readonly Row<Input>[]): void {
  test.each(rows)('%s', (_, expected, input) => {
    const objections = checks.map((check) => examine(check, input)).filter(({ status }) => status === 'fail' || status === 'warn')
    expect(objections.map(({ id }) => id)).toEqual(expected)
  })

  test('every check is able to fail', () => {
    const proven = new Set(rows.flatMap(([, ids]) => ids))
    expect(checks.map(({ id }) => id).filter((id) => !proven.has(id))).toEqual([])
  })

  test('what the checks are, and say of these rows', async () => {
    await expect(checks.map((check) => ledger(check, rows)).join('\n')).toMatchFileSnapshot(`ledgers/${name}.txt`)
  })
}

function ledger<Input>(check: Check<Input>, rows: readonly Row<Input>[]): string {
  const findings = rows.map(([, , input]) => check.test(input)).map((finding) =>
    'skip' in finding ? `  skip  ${finding.skip}\n` : `  ${finding.ok ? 'ok  ' : 'not '}  ${JSON.stringify(finding.expected)} ${JSON.stringify(finding.actual)}\n`)
  return `${check.id}, ${check.level}, ${check.onFail}, ${check.section}\n${[...new Set(findings)].join('')}`
}
