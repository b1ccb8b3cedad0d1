import type { NavigateEvent, WalkEvent } from '../../events.ts'
import { quoted, toCurl } from '../curl.ts'
import { escapeToAscii } from '../escape.ts'
import { factsOf, valueOf } from '../story/facts.ts'
import type { Report } from './report.ts'

const HEAD = `# The requests of one walk, for a POSIX shell. The client secret comes from AUTHWALK_CLIENT_SECRET.
# A code works once. The script says where to get a new one, and goes on when it is run again with it.
`

/** The walk again, by hand: the client's requests as commands, and what a browser has to do between them. */
export const curl: Report = {
  format: 'curl',
  extension: 'sh',
  render({ events, outcome }) {
    const { clientId = '' } = factsOf({ version: 1, events, outcome })
    const sent = events.findLast((event) => event.type === 'navigate')
    return HEAD + events.map((event) => commandFor(event, sent, clientId)).join('')
  },
}

function commandFor(event: WalkEvent, sent: NavigateEvent | undefined, clientId: string): string {
  if (event.type === 'navigate') return event === sent ? section('authorization request', byBrowser(event)) : ''
  if (event.type !== 'request') return ''
  const { text, needs } = toCurl(event, clientId)
  const wanted = needs.map((name) => `: "\${${name}:?${WANTED[name] ?? 'what the walk had here was taken out'}}"`)
  return section(event.name, [...wanted, ...(event.name === 'token request' ? kept(text) : [text])])
}

function section(name: string, lines: readonly string[]): string {
  return `\n# ${escapeToAscii(name)}\n${lines.join('\n')}\n`
}

/** What the shell says where a variable is not set. There is nothing in it that a shell would read as more than text. */
const WANTED: Readonly<Record<string, string>> = {
  AUTHWALK_CLIENT_SECRET: 'the client secret, form-encoded where it goes into a Basic header',
  CODE: 'open that URL, log in, and run this again with CODE from the address bar and CODE_VERIFIER=$CODE_VERIFIER',
  CODE_VERIFIER: 'the one that the code is bound to',
  ACCESS_TOKEN: 'the token response has none',
}

/** The answer is printed, and the next requests take their token from it. */
function kept(command: string): string[] {
  return [
    `answer=$(${command})`,
    `printf '%s\\n' "$answer"`,
    `ACCESS_TOKEN=$(printf '%s\\n' "$answer" | sed -n 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p')`,
  ]
}

const VERIFIER = ': "${CODE_VERIFIER:=$(openssl rand -hex 32)}"'
const HASH = "openssl dgst -sha256 -binary | openssl base64 | tr '+/' '-_' | tr -d '='"

/** Nothing is awaited at redirect_uri: what the browser brings there stays in its address bar. */
function byBrowser({ endpoint, parameters }: NavigateEvent): string[] {
  const method = valueOf(parameters, 'code_challenge_method')
  const challenge = valueOf(parameters, 'code_challenge')
  const repeated = parameters.filter(({ name, value }) => name !== 'code_challenge' && !(ONE_WALK.has(name) && value.startsWith('[')))
  const query = new URLSearchParams(repeated.map(({ name, value }): [string, string] => [name, value]))
  const url = `${escapeToAscii(endpoint)}${endpoint.includes('?') ? '&' : '?'}${query.toString()}`
  if (challenge === undefined) return [echo(quoted(url))]
  const made = method === 'S256' ? `CODE_CHALLENGE=$(printf %s "$CODE_VERIFIER" | ${HASH})` : 'CODE_CHALLENGE=$CODE_VERIFIER'
  return [VERIFIER, made, echo(`${quoted(`${url}&code_challenge=`)}"$CODE_CHALLENGE"`)]
}

/** Nobody compares them where somebody walks by hand. */
const ONE_WALK: ReadonlySet<string> = new Set(['state', 'nonce'])

function echo(url: string): string {
  return `[ -n "$CODE" ] || printf '%s\\n' ${url}`
}
