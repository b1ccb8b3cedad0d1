import { escape, escapeToAscii } from './escape.ts'
import { asciiGlyphs, asciiPunctuation, type Glyphs, unicodeGlyphs } from './glyphs.ts'
import { shorten, wrap } from './layout.ts'
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
  text: (outside: string) => string
  /** The same for sentences of ours, whose punctuation has ASCII twins. */
  prose: (ours: string) => string
  /** Takes out the middle of a text that is too wide. */
  cut: (text: string, room: number) => string
}

export function penOf({ width, unicode, colour }: Look): Pen {
  const glyph = unicode ? unicodeGlyphs : asciiGlyphs
  const text = unicode ? escape : escapeToAscii
  const twin = (character: string) => asciiPunctuation[character] ?? character
  return {
    ...paletteOf(colour),
    glyph,
    width: Math.min(width - 1, 100),
    measure: Math.min(width - 1, 78),
    text,
    prose: (ours) => text(unicode ? ours : ours.replace(/[^\x20-\x7e]/gu, twin)),
    cut: (long, room) => shorten(long, room, glyph.ellipsis),
  }
}

/** Lines that begin a block: an empty one before it keeps blocks apart. */
export function block(lines: readonly string[]): string {
  return `\n${lines.join('\n')}\n`
}

/** Sentences of ours, no wider than can be read well. */
export function paragraph(ours: string, pen: Pen, indent = 1): string[] {
  return wrap(pen.prose(ours), pen.measure - indent - 1).map((line) => ' '.repeat(indent) + line)
}
