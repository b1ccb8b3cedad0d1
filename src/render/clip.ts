/** The beginning of a text that may be a megabyte long, never half a character, with a word on what is left out. */
export function clipped(text: string, longest: number): string {
  if (text.length <= longest) return text
  const start = text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')
  return `${start}… and ${text.length - start.length} more characters`
}
