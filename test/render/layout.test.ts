import { Terminal } from '@xterm/headless'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escape } from '../../src/render/escape.ts'
import { broken, displayWidth, ending, padEnd, shorten, spread, wrap } from '../../src/render/layout.ts'

const outside = fc.string({ unit: 'binary', maxLength: 200 }).map(escape)
const room = fc.integer({ min: 4, max: 60 })

describe('displayWidth', () => {
  const letters = ['plain', 'Łódź é e\u0301', '日本語', '한국어', 'ﾊﾝｶｸ', 'ＡＢＣ', 'עברית', 'Zẫ\u0310\u0311']
  test.each([...letters, '∿∿▶ ━━▶ ✓ ✗ – … ● · ○ ┃'])(
    'is what a terminal uses for %s',
    async (text) => {
      const terminal = new Terminal({ cols: 200, rows: 2, allowProposedApi: true })
      await new Promise<void>((resolve) => terminal.write(text, resolve))
      expect(displayWidth(text)).toBe(terminal.buffer.active.cursorX)
    },
  )

  test('counts pictures as two columns, and a flag as two', () => {
    expect(displayWidth('👍')).toBe(2)
    expect(displayWidth('🇩🇪')).toBe(2)
  })
})

describe('shorten', () => {
  test('takes out the middle', () => {
    expect(shorten('abcdefghijklmnop', 10, '…')).toBe('abcdef…nop')
    expect(shorten('abcdefghijklmnop', 10, '...')).toBe('abcde...op')
    expect(shorten('short', 10, '…')).toBe('short')
  })

  test('never gets wider than its room', () => {
    fc.assert(fc.property(outside, room, (text, width) => displayWidth(shorten(text, width, '...')) <= width))
  })
})

describe('ending', () => {
  test('keeps as much of the end as fits', () => {
    expect(ending('日本語', 5)).toBe('本語')
    expect(ending('abc', 0)).toBe('')
    fc.assert(fc.property(outside, room, (text, width) => {
      const end = ending(text, width)
      return text.endsWith(end) && displayWidth(end) <= width
    }))
  })
})

describe('wrap', () => {
  test('breaks at spaces, and in a word only where it is wider than a line', () => {
    expect(wrap('the client sees none of this', 10)).toEqual(['the client', 'sees none', 'of this'])
    expect(wrap('a 0123456789ABC b', 10)).toEqual(['a', '0123456789', 'ABC b'])
    expect(wrap('', 10)).toEqual([''])
  })

  test('loses no word and keeps within its width', () => {
    fc.assert(fc.property(outside, room, (text, width) => {
      const lines = wrap(text, width)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      return lines.every((line) => displayWidth(line) <= width)
    }))
  })
})

test('broken keeps every character', () => {
  fc.assert(fc.property(outside, room, (text, width) => {
    const pieces = broken(text, width)
    return pieces.join('') === text && pieces.every((piece) => displayWidth(piece) <= width)
  }))
})

test('padEnd and spread count columns, not characters', () => {
  expect(padEnd('日本', 6)).toBe('日本  ')
  expect(spread('日本', 'x', 10)).toBe('日本     x')
  expect(spread('12345', '6789', 10)).toBeUndefined()
})
