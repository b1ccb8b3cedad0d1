import { expect, test } from 'vitest'
import { modules } from '../conformance/modules.mjs'
import { conformanceRows } from './rows/conformance.ts'
import { proveRows } from './table.ts'

test('the 38 code-flow modules are all here', () => {
  expect(Object.keys(modules)).toHaveLength(38)
  expect([...new Set(conformanceRows.map(({ id }) => id))].sort()).toEqual(Object.keys(modules).sort())
})

proveRows(conformanceRows, 4)
