import { escape, escapeToAscii } from './escape.ts'
import { asciiGlyphs, asciiPunctuation, type Glyphs, unicodeGlyphs } from './glyphs.ts'
import type { Look } from './look.ts'
import { type Palette, paletteOf } from './palette.ts'

/** Everything that drawing on one terminal takes. */
export interface Pen extends Palette {
  glyph: Glyphs
  /** Columns for tables and for what stands at the right edge. */
  width: number
  /** Columns for sentences: longer lines are hard to read. */
  measure: number
  /** Makes text from outside harmless. */
  text(outside: string): string
  /** The same for sentences of ours, whose punctuation has ASCII twins. */
  prose(ours: string): string
}

export function penOf({ width, unicode, colour }: Look): Pen {
  const text = unicode ? escape : escapeToAscii
  return {
    ...paletteOf(colour),
    glyph: unicode ? unicodeGlyphs : asciiGlyphs,
    width: Math.min(width - 1, 100),
    measure: Math.min(width - 1, 78),
    text,
    prose: (ours) => text(unicode ? ours : ours.replace(/[^\x20-\x7e]/gu, (character) => asciiPunctuation[character] ?? character)),
  }
}

/** Lines that begin a block: an empty one before it keeps blocks apart. */
export function block(lines: readonly string[]): string {
  return `\n${lines.join('\n')}\n`
}
