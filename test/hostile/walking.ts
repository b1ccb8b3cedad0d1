import type { Outcome, WalkEvent } from '../../src/events.ts'
import { authorizationCodeFlow } from '../../src/flow.ts'
import { createOutside } from '../../src/io/outside.ts'
import { createRedactor, type Reveal } from '../../src/redact.ts'
import { escapeJson } from '../../src/render/escape.ts'
import type { Look } from '../../src/render/look.ts'
import { textRenderer } from '../../src/render/text.ts'
import type { Settings } from '../../src/settings.ts'
import { type Reader, walk } from '../../src/walk.ts'
import { getText, speak } from '../io/raw-client.ts'
import { type Fake, fakeWorld, ISSUER, settings as usual } from '../support/fake-server.ts'
import { freeRedirectUri } from '../support/port.ts'

/** What somebody in front of the redirection endpoint knows who has seen the authorization request. */
export interface Place {
  port: number
  state: string
  redirectUri: string
  authorizationRequest: string
  /** Sends bytes, and returns the answer. */
  say(bytes: string): Promise<string>
  /** GETs the redirection endpoint with a raw query, and goes where a browser is sent on to. */
  ask(query: string): Promise<string>
  /** The genuine response, with something behind it. */
  genuine(more?: string): Promise<string>
}

export interface WalkingOptions {
  /** The browser, and whoever else comes. Without it only the genuine response does. */
  come?: (place: Place) => Promise<unknown>
  /** What a person pastes, once the authorization request is out. */
  pasted?: (place: Place) => string
  fake?: Fake
  settings?: Partial<Settings>
}

export interface Walked {
  outcome: Outcome
  events: WalkEvent[]
  /** What standard output gets with `--json`. */
  json: string
  /** What a pipe gets. */
  text: string
  /** What the owner's terminal gets. */
  terminal: string
  /** Bodies of everything that the client sent, by URL. */
  sent: { url: string; text: string }[]
  place: Place
  bug?: unknown
}

const PIPE: Look = { width: 80, unicode: true, colour: false }
const TERMINAL: Look = { width: 80, unicode: true, colour: true }
const SECONDS = 20

/** A walk with the real listener on a real socket, and an authorization server without sockets behind it. */
export async function walking({ come = ({ genuine }) => genuine(), pasted, fake = {}, settings = {} }: WalkingOptions = {}): Promise<Walked> {
  const controller = new AbortController()
  const redirectUri = await freeRedirectUri()
  const world = fakeWorld(fake)
  let place: Place | undefined
  let paste = (_text: string) => {}
  let visits: Promise<unknown> = Promise.resolve()
  await using outside = createOutside({
    signal: controller.signal,
    timeout: SECONDS,
    wait: SECONDS,
    async browser(url) {
      await world.openBrowser(url)
      place = placeOf(url, redirectUri)
      if (pasted) setImmediate(paste, pasted(place))
      else visits = come(place).catch(() => {})
    },
    pasted(receive) {
      paste = receive
      return () => {}
    },
  })
  const events: WalkEvent[] = []
  const all: Settings = { ...usual, redirectUri, ...settings }
  const secrets = all.client.secret === undefined ? [] : [{ name: 'client_secret', value: all.client.secret }]
  const record: Reader = { reveal: 'nothing', show: (event) => void events.push(event) }
  const [pipe, terminal] = [drawing(PIPE, 'nothing'), drawing(TERMINAL, 'tokens')]
  const mixed = { ...outside, send: world.send }
  const { outcome, bug } = await walk(authorizationCodeFlow(all, mixed), [record, pipe, terminal], createRedactor(secrets), controller)
  await visits
  if (!place) throw new Error('no browser was opened', { cause: bug ?? outcome })
  return {
    outcome,
    events,
    json: escapeJson(JSON.stringify({ version: 1, events, outcome }, null, 2)),
    text: pipe.text(outcome),
    terminal: terminal.text(outcome),
    sent: world.requests.map(({ url, headers, parameters }) => ({ url, text: JSON.stringify([headers, parameters]) })),
    place,
    ...(bug === undefined ? {} : { bug }),
  }
}

function placeOf(authorizationRequest: string, redirectUri: string): Place {
  const state = new URL(authorizationRequest).searchParams.get('state') ?? ''
  const port = Number(new URL(redirectUri).port)
  const say = (bytes: string) => speak(port, bytes)
  const ask = async (query: string) => {
    const answer = await say(getText(port, `/callback?${query}`))
    const location = /^location: (\S+)/im.exec(answer)?.[1]
    if (location !== undefined) await say(getText(port, location))
    return answer
  }
  const iss = encodeURIComponent(ISSUER)
  const genuine = (more = '') => ask(`code=the-code-of-this-login&state=${state}&iss=${iss}${more}`)
  return { port, state, redirectUri, authorizationRequest, say, ask, genuine }
}

function drawing(look: Look, reveal: Reveal): Reader & { text: (outcome: Outcome) => string } {
  const renderer = textRenderer(look)
  let drawn = ''
  return {
    reveal,
    show: (event) => void (drawn += renderer.event(event)),
    text: (outcome) => drawn + renderer.outcome(outcome),
  }
}
