/** The beginning of a text that may be a megabyte long, never half a character, with a word on what is left out. */
export function clipped(text: string, longest: number): string {
  if (text.length <= longest) return text
  const start = text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')
  return `${start}… and ${text.length - start.length} more characters`
}

/** A line with a mark under a character of the line above: where there is no room, the words beside the mark go. */
export function marked(line: string, room: number): string {
  return line.length <= room ? line : line.slice(0, Math.min(room, line.indexOf('^') + 1 || room))
}
