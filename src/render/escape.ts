/**
 * What a terminal obeys instead of showing, or shows as nothing: C0, DEL and C1 controls, BiDi controls, zero-width and
 * tag characters, variation selectors, line and paragraph separators, lone surrogates.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu
/** More marks than any script stacks on one letter. They would smear over the lines above and below. */
const PILED_MARKS = /(?<=\p{M}{6})\p{M}/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Makes text from outside harmless for a terminal: what can't be seen is written out as `\x1b`, `\n` or `\u{202e}`. */
export function escape(text: string): string {
  return text.replace(INVISIBLE, written).replace(PILED_MARKS, written)
}

/** `escape` for a terminal that is not known to read UTF-8, where a byte of a letter could be a C1 control. */
export function escapeToAscii(text: string): string {
  return escape(text).replace(/[^\x20-\x7e]/gu, written)
}

/**
 * Makes JSON harmless for a terminal without changing what it says.
 * @param json what `JSON.stringify` gave, indented or not
 */
export function escapeJson(json: string): string {
  return json.replace(INVISIBLE, (character) => (character === '\n' ? character : inJson(character)))
}

function written(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  return SHORT[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`)
}

function inJson(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
