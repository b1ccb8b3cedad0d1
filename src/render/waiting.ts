import { clock } from './format.ts'
import { ending, spread, wrap } from './layout.ts'
import type { Look } from './look.ts'
import { drawIgnored, type Ignored } from './message.ts'
import { paragraph, type Pen, penOf } from './pen.ts'

export interface Waiting {
  redirectUri: string
  /** Milliseconds since the wait began. */
  elapsed: number
  /** Milliseconds after which it ends. */
  wait: number
  /** Who came and was turned away. */
  ignored: readonly Ignored[]
  /** What the person has typed or pasted. */
  input: string
  canPaste: boolean
  /** The `ssh -L` line, where the browser is on another machine. */
  tunnel?: string
}

const MOST_IGNORED = 5
/** After this long, somebody who knows what to do would be back. Milliseconds. */
const HINT_AFTER = 10_000

const NOTHING_COMES =
  'An error in the browser? It never comes here. Type what the page says, or ? to have the server asked for that page. ' +
  'Most often the redirect_uri above is not registered exactly so.'
const TUNNEL = 'The browser is on another machine? Open a tunnel from there first:'
const PASTE = 'No browser here? Open the URL above elsewhere and paste what the address bar shows at the end:'

/** What is awaited, for how long, what came and was ignored, what to do if nothing comes. No line's end at the end. */
export function waitingScreen(look: Look, state: Waiting): string {
  const pen = penOf(look)
  const { redirectUri, elapsed, wait, ignored, input, canPaste, tunnel } = state
  const time = `${clock(elapsed)} / ${clock(wait)}`
  const place = pen.cut(` Waiting at ${pen.text(redirectUri)}`, pen.measure - time.length - 2)
  const shown = ignored.slice(-MOST_IGNORED)
  const earlier = ignored.length - shown.length
  const lines = [
    spread(place, time, pen.measure) ?? place,
    ...(earlier > 0 ? [pen.dim(`   and ${earlier} ignored before`)] : []),
    ...shown.flatMap((stranger) => drawIgnored(stranger, pen)),
    ...(canPaste && elapsed >= HINT_AFTER ? ['', ...paragraph(NOTHING_COMES, pen)] : []),
    ...(tunnel === undefined ? [] : ['', ...paragraph(TUNNEL, pen), ...command(pen.text(tunnel), pen)]),
    ...(canPaste ? ['', ...paragraph(PASTE, pen), ` ${pen.bold('>')} ${ending(pen.text(input), pen.width - 4)}`] : []),
  ]
  return lines.join('\n')
}

/** Continued as a shell understands it, so that it can be copied from a narrow terminal too. */
function command(text: string, pen: Pen): string[] {
  const lines = wrap(text, pen.width - 5)
  return lines.map((line, index) => `   ${pen.bold(index < lines.length - 1 ? `${line} \\` : line)}`)
}
