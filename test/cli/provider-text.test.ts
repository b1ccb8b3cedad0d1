import { describe, expect, test } from 'vitest'
import { findPreset } from '../../src/cli/provider.ts'
import { providerList, providerSheet } from '../../src/cli/provider-text.ts'
import { UsageError } from '../../src/errors.ts'
import { presets } from '../../src/providers/index.ts'
import { displayWidth } from '../../src/render/layout.ts'
import { penOf } from '../../src/render/pen.ts'

const widths = [60, 80, 140]

test.each(widths)('the list names all of them within %i columns', (width) => {
  const list = providerList(penOf({ width, unicode: true, colour: false }))
  for (const { id, name } of presets) expect(list).toMatch(new RegExp(`^   ${id} +${name.replace(/[()]/g, '.')}`, 'm'))
  expect(list.split('\n').filter((line) => displayWidth(line) >= width)).toEqual([])
})

describe.each(presets.map((preset) => [preset.id, preset] as const))('the sheet of %s', (_, preset) => {
  test.each(widths)('fits into %i columns', (width) => {
    const sheet = providerSheet(preset, penOf({ width, unicode: true, colour: false }))
    expect(sheet.split('\n').filter((line) => displayWidth(line) >= width)).toEqual([])
    expect(sheet).toContain(preset.console.field.split(' ')[0])
  })

  test('is ASCII where there is nothing else', () => {
    expect(providerSheet(preset, penOf({ width: 80, unicode: false, colour: false }))).toMatch(/^[\x20-\x7e\n]*$/)
  })
})

test('says of each group of facts how sure it is', () => {
  const sheet = providerSheet(findPreset('spotify'), penOf({ width: 80, unicode: true, colour: false }))
  expect(sheet).toMatch(/^ Redirect URI +documented$/m)
  expect(sheet).toMatch(/^ Client authentication +not documented, commonly known$/m)
  expect(sheet).toContain('localhost no')
})

test('an id in capitals is found, and one with a typo is answered with those that look alike', () => {
  expect(findPreset('GitHub').id).toBe('github')
  expect(() => findPreset('gogle')).toThrow(UsageError)
  expect(() => findPreset('microsoft')).toThrow(expect.objectContaining({ explanation: expect.objectContaining({ tries: expect.arrayContaining(['--provider entra, for Microsoft Entra ID']) }) }))
})
