import { describe, expect, test } from 'vitest'
import { dialectChecks } from '../../src/checks/dialect.ts'
import { byteOrderMarkCheck } from '../../src/checks/json.ts'
import { refusals } from '../../src/checks/refusals.ts'
import { proveTable } from './table.ts'

describe('a dialect', () => {
  proveTable('dialect', Object.values(dialectChecks), [
    ['none', [], {}],
    ['one that the preset knows', ['metadata-dialect', 'token-response-dialect'], { says: 'a template' }],
  ])
})

describe('a byte order mark', () => {
  proveTable('json', [byteOrderMarkCheck], [
    ['none', [], { byteOrderMark: false }],
    ['one', ['json-bom'], { byteOrderMark: true }],
  ])
})

test('what is refused before anything could be compared, and by which section', async () => {
  await expect(refusals.map(({ id, section }) => `${id}, ${section}\n`).join('')).toMatchFileSnapshot('ledgers/refusals.txt')
})
