import { expect, test } from 'vitest'
import { type Check, examine } from '../../src/check.ts'

/** `[what the other side does, the checks that have to object, the input]` */
export type Row<Input> = [string, string[], Input]

/** Each row has to be objected to by exactly these checks, and each check has to object in some row. */
export function proveTable<Input>(checks: readonly Check<Input>[], rows: readonly Row<Input>[]): void {
  test.each(rows)('%s', (_, expected, input) => {
    const objections = checks.map((check) => examine(check, input)).filter(({ status }) => status === 'fail' || status === 'warn')
    expect(objections.map(({ id }) => id)).toEqual(expected)
  })

  test('every check is able to fail', () => {
    const proven = new Set(rows.flatMap(([, ids]) => ids))
    expect(checks.map(({ id }) => id).filter((id) => !proven.has(id))).toEqual([])
  })
}
