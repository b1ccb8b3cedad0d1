const parties = ['browser', 'client', 'authorization server', 'resource']

/** What a person reads off the arrows of a screen, by the places of the names above them: `client = token request > resource`. */
export function arrowsOn(lines: readonly string[]): string[] {
  const heads = lines.find(line => parties.every(party => line.includes(party))) ?? ''
  const lanes = parties.map(party => {
    const start = heads.indexOf(party)
    return { party, middle: Math.floor((2 * start + party.length) / 2) }
  })
  const at = (column: number) => lanes.find(({ middle }) => middle === column)?.party ?? 'no lane'
  return lines.flatMap(line => {
    if (!/[│|]/.test(line[lanes[0]?.middle ?? 0] ?? '') || line.trimStart() === line) return []
    const ascii = line.replace(/[│∿━─▶◀]/g, glyph => twins[glyph] ?? glyph)
    const [, words = ''] = /([A-Za-z][\w ]*\w)/.exec(ascii) ?? []
    const [shaft = ''] = /[<~=-][^|]*[~=>-]/.exec(ascii) ?? []
    const left = ascii.indexOf(shaft) - 1
    const right = left + shaft.length + 1
    const [from, to] = shaft.startsWith('<') ? [right, left] : [left, right]
    return shaft === '' ? [] : [`${at(from)} ${/[~=-]/.exec(shaft)?.[0]} ${words} > ${at(to)}`]
  })
}

const twins: Readonly<Record<string, string>> = { '│': '|', '∿': '~', '━': '=', '─': '-', '▶': '>', '◀': '<' }

/** Those of a practice walk. */
export const practiceArrows = [
  'client = metadata request > authorization server',
  'authorization server = metadata response > client',
  'client = JWK Set request > authorization server',
  'authorization server = JWK Set response > client',
  'browser ~  > authorization server',
  'client = resource request > resource',
  'resource = resource response > client',
  'browser ~ authorization request > authorization server',
  'browser ~ authorization response > client',
  'client = token request > authorization server',
  'authorization server = token response > client',
  'client = resource request > resource',
  'resource = resource response > client',
  'client = UserInfo request > resource',
  'resource = UserInfo response > client',
]
