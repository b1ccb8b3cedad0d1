import { expect, test } from 'vitest'
import { conformanceRows } from './rows/conformance.ts'
import { proveRows } from './table.ts'

test('the 37 code-flow modules are all here', () => {
  expect(new Set(conformanceRows.map(({ id }) => id)).size).toBe(37)
})

proveRows(conformanceRows, 4)
