import { type Expectations, judgeQuery, splitTarget, type Verdict } from './gate.ts'
import type { RedirectionEndpoint } from './redirect-uri.ts'

/**
 * Hands over each text that a person pastes, until the returned function is called: `(receive) => { lines.on('line',
 * receive); return () => lines.off('line', receive) }`.
 */
export type Pasted = (receive: (text: string) => void) => () => void

export interface PastedResponse {
  verdict: Verdict
  path: string
  query: string
}

const LONGEST = 64 * 1024

/** Judges the URL that a browser ended on, brought by hand: the rules of the gate, with an exact base for the path. */
export function judgePasted(text: string, endpoint: RedirectionEndpoint, expected: Expectations): PastedResponse {
  const url = text.replace(/^[\s"'`<]+|[\s"'`>]+$/g, '')
  const [address = '', fragment = ''] = url.split('#')
  const { path: base, query } = splitTarget(address)
  if (url.length > LONGEST) return refused('it is longer than 64 KiB')
  if (!url.includes('://')) return refused(`the whole address is needed, beginning with ${endpoint.redirectUri}`)
  if (!basesOf(endpoint).includes(base)) return refused(`it does not begin with ${endpoint.redirectUri}`)
  if (fragment.includes('=') && !query) return refused('its parameters are behind a #, and were asked for behind a ?')
  return { verdict: judgeQuery(query, expected), path: endpoint.path, query }
}

function refused(reason: string): PastedResponse {
  return { verdict: { kind: 'refused', status: 400, reason }, path: '', query: '' }
}

/** As it was given, and as a browser writes it. */
function basesOf({ redirectUri, path }: RedirectionEndpoint): string[] {
  return [splitTarget(redirectUri).path, `${new URL(redirectUri).origin}${path}`]
}
