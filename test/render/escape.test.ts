import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escape, escapeJson, escapeToAscii } from '../../src/render/escape.ts'

/** Written independently of the implementation: everything that a terminal obeys or that has no width of its own. */
const HARMFUL: readonly (readonly [number, number])[] = [
  [0x00, 0x1f], [0x7f, 0x9f], [0xad, 0xad], [0x34f, 0x34f], [0x61c, 0x61c], [0x115f, 0x1160], [0x17b4, 0x17b5],
  [0x180b, 0x180f], [0x200b, 0x200f], [0x2028, 0x202e], [0x2060, 0x206f], [0x3164, 0x3164], [0xd800, 0xdfff],
  [0xfe00, 0xfe0f], [0xfeff, 0xfeff], [0xffa0, 0xffa0], [0xfff0, 0xfffb], [0xe0000, 0xe0fff],
]
const codePoints = Array.from({ length: 0x110000 }, (_, code) => code)

function isHarmful(code: number): boolean {
  return HARMFUL.some(([first, last]) => code >= first && code <= last)
}

describe('escape', () => {
  test('writes out every harmful code point, and leaves every letter alone', () => {
    const wrong = codePoints.filter((code) => {
      const escaped = escape(String.fromCodePoint(code))
      const written = /^\\(?:[nrt]|x[0-9a-f]{2}|u\{[0-9a-f]+\})$/.test(escaped)
      return isHarmful(code) ? !written : !written && escaped !== String.fromCodePoint(code)
    })
    expect(wrong.map((code) => code.toString(16))).toEqual([])
  })

  test('leaves readable text of the world as it is', () => {
    const text = 'Łódź, Ελλάδα, עברית, العربية, हिन्दी, ไทย, 日本語, 한국어, e\u0301, 👍 – “quoted” C:\\dir %s {red x} `x`'
    expect(escape(text)).toBe(text)
  })

  test.each([
    ['\x1b[2J\x1b[1A✓', '\\x1b[2J\\x1b[1A✓'],
    ['\x9b31m', '\\x9b31m'],
    ['a\r\n ✓ id-token-sig', 'a\\r\\n ✓ id-token-sig'],
    ['a\tb\0', 'a\\tb\\x00'],
    ['user\u202Etxt.exe', 'user\\u{202e}txt.exe'],
    ['\u{E0041}\uFE0F\u200D', '\\u{e0041}\\u{fe0f}\\u{200d}'],
    ['\uD83D alone', '\\u{d83d} alone'],
  ])('%j', (from, to) => {
    expect(escape(from)).toBe(to)
  })

  test('stops marks from piling up over the lines around', () => {
    expect(escape(`Z${'\u0301'.repeat(9)}`)).toBe(`Z${'\u0301'.repeat(6)}${'\\u{301}'.repeat(3)}`)
  })

  test('gives nothing but printable ASCII where UTF-8 is not known to be read', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => /^[\x20-\x7e]*$/.test(escapeToAscii(text))))
    expect(escapeToAscii('né\u00ff\u0100')).toBe('n\\xe9\\xff\\u{100}')
  })
})

describe('escapeJson', () => {
  test('leaves no harmful code point in it, and means the same', () => {
    for (let start = 0; start < 0x110000; start += 0x400) {
      const text = codePoints.slice(start, start + 0x400).map((code) => String.fromCodePoint(code)).join('x')
      const escaped = escapeJson(JSON.stringify({ [text]: text }))
      expect(JSON.parse(escaped)).toEqual({ [text]: text })
      expect([...escaped].find((character) => isHarmful(character.codePointAt(0) ?? 0))).toBeUndefined()
    }
  })

  test('keeps the lines of an indented document', () => {
    expect(escapeJson(JSON.stringify({ a: '\n\x7f' }, null, 2))).toBe('{\n  "a": "\\n\\u007f"\n}')
  })
})
