/** What the place that is written to can show. */
export interface Look {
  /** Columns. Lines stay below this number. */
  width: number
  unicode: boolean
  colour: boolean
}

/** The part of a `WriteStream` that matters here. */
export interface Output {
  isTTY?: boolean
  columns?: number
}

type Environment = Readonly<Record<string, string | undefined>>

const NARROWEST = 40
/** Beyond this, eyes lose the line: a wider terminal stays empty at the right. */
const WIDEST = 120
const NO_TERMINAL = 80

/** `NO_COLOR` beats `FORCE_COLOR`: who sets both must not find an escape sequence. */
export function lookOf(stream: Output, env: Environment, platform: string = process.platform): Look {
  return { width: widthOf(stream.columns), unicode: showsUnicode(env, platform), colour: showsColour(stream, env) }
}

function widthOf(columns: number | undefined): number {
  if (columns === undefined || !(columns > 0)) return NO_TERMINAL
  return Math.min(WIDEST, Math.max(NARROWEST, Math.floor(columns)))
}

function showsColour({ isTTY }: Output, env: Environment): boolean {
  if (env['NO_COLOR']) return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return isTTY === true && env['TERM'] !== 'dumb' && !env['CI']
}

/** A locale that is not set says nothing: terminals of today read UTF-8. */
function showsUnicode(env: Environment, platform: string): boolean {
  if (env['TERM'] === 'dumb' || env['TERM'] === 'linux') return false
  if (platform === 'win32') return Boolean(env['WT_SESSION'] || env['TERM_PROGRAM'] || env['TERM'] || env['ConEmuTask'])
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG']
  return !locale || /utf-?8/i.test(locale)
}
