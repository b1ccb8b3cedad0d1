import { clock } from './format.ts'
import { displayWidth, shorten, spread, wrap } from './layout.ts'
import type { Look } from './look.ts'
import { drawIgnored } from './message.ts'
import { penOf } from './pen.ts'

export interface Waiting {
  redirectUri: string
  /** Milliseconds since the wait began. */
  elapsed: number
  /** Milliseconds after which it ends. */
  wait: number
  /** Who came and was turned away; `at` in milliseconds since the wait began. */
  ignored: readonly { at: number; what: string; reason: string }[]
  /** What the person has typed or pasted. */
  input: string
  canPaste: boolean
  /** The `ssh -L` line, where the browser is on another machine. */
  tunnel?: string
}

const MOST_IGNORED = 5
/** After this long, somebody who knows what to do would be back. Milliseconds. */
const HINT_AFTER = 30_000

/** What is awaited, for how long, what came and was ignored, what to do if nothing comes. Lines without an end. */
export function waitingScreen(look: Look, state: Waiting): string {
  const pen = penOf(look)
  const { redirectUri, elapsed, wait, ignored, input, canPaste, tunnel } = state
  const time = `${clock(elapsed)} / ${clock(wait)}`
  const place = shorten(` Waiting at ${pen.text(redirectUri)}`, pen.measure - time.length - 2, pen.glyph.ellipsis)
  const shown = ignored.slice(-MOST_IGNORED)
  const earlier = ignored.length - shown.length
  const say = (sentence: string) => wrap(sentence, pen.measure - 2).map((line) => ` ${line}`)
  const lines = [
    spread(place, time, pen.measure) ?? place,
    ...(earlier > 0 ? [pen.dim(`   and ${earlier} ignored before`)] : []),
    ...shown.flatMap((stranger) => drawIgnored(stranger, pen)),
  ]
  if (elapsed >= HINT_AFTER) {
    lines.push('', ...say('Nothing comes back? Look at the page in the browser: an error that shows there never reaches this program. The redirect_uri above has to be registered exactly so.'))
  }
  if (tunnel !== undefined) lines.push('', ...say('The browser is on another machine? Open a tunnel from there first:'), ...wrap(pen.text(tunnel), pen.width - 3).map((line) => `   ${pen.bold(line)}`))
  if (!canPaste) return lines.join('\n')
  lines.push('', ...say('No browser here? Open the URL above elsewhere and paste what the address bar shows at the end:'), ` ${pen.bold('>')} ${typed(pen.text(input), pen.width - 4)}`)
  return lines.join('\n')
}

/** The end of it: there the cursor is. */
function typed(text: string, room: number): string {
  let shown = ''
  for (const character of [...text.slice(-room)].reverse()) {
    if (displayWidth(character + shown) > room) break
    shown = character + shown
  }
  return shown
}
