import { UsageError, WalkError } from '../errors.ts'
import type { Outcome, Transcript, WalkEvent } from '../events.ts'
import type { Learned } from '../flow.ts'
import { escape } from '../render/escape.ts'
import { lookOf } from '../render/look.ts'
import { json } from '../render/reports/json.ts'
import { type TextRenderer, textRenderer } from '../render/text.ts'
import type { Ended, Reader } from '../walk.ts'
import type { Audience } from './audience.ts'
import { keep } from './keep.ts'
import type { Flags, TokenName } from './options.ts'
import { isInteractive, type World } from './world.ts'

/** Who gets what: standard output carries the result, standard error what somebody reads while it comes about. */
export interface Outputs {
  /** A person at a terminal, with both streams to themselves. */
  interactive: boolean
  /** Where the walk is told; undefined where nobody would read it. */
  text: NodeJS.WriteStream | undefined
  /** Where a person looks who has to open a URL. */
  notices: NodeJS.WriteStream
  /** What the text may show. */
  reveal: Reader['reveal']
}

export function outputsOf(world: World, { json, print, hideTokens, showSecrets }: Flags): Outputs {
  const { stdout, stderr } = world
  const resultAlone = Boolean(json ?? print)
  const text = !resultAlone ? stdout : print || stderr.isTTY ? stderr : undefined
  const ownTerminal = text?.isTTY === true && !hideTokens
  return {
    interactive: isInteractive(world) && !resultAlone,
    text,
    notices: text?.isTTY ? text : stderr,
    reveal: showSecrets ? 'everything' : ownTerminal ? 'tokens' : 'nothing',
  }
}

export interface Recorder extends Reader {
  transcript(outcome: Outcome): Transcript
}

export function recorder({ showSecrets }: Flags): Recorder {
  const events: WalkEvent[] = []
  return {
    reveal: showSecrets ? 'everything' : 'nothing',
    show(event) {
      events.push(event)
    },
    transcript: (outcome) => ({ version: 1, events, outcome }),
  }
}

interface Delivery {
  world: World
  flags: Flags
  outputs: Outputs
  record: Recorder
  audience: Pick<Audience, 'text' | 'notice'>
}

/**
 * Gives everybody what they asked for.
 * @returns how it ended in the end: a transcript that could not be saved is a failure too
 * @throws UsageError where the token is not to be had, and a bug of ours once it has been told
 */
export async function deliver({ outcome, result, bug }: Ended<Learned>, delivery: Delivery): Promise<Outcome> {
  const { world, flags, outputs, record, audience } = delivery
  tellOutcome(world, outputs, audience.text, outcome)
  const trouble = await troubleWith(keep(flags, record.transcript(outcome), audience))
  if (trouble) tellOutcome(world, outputs, audience.text, trouble)
  const last = outcome.status === 'completed' && trouble ? trouble : outcome
  if (flags.json) world.stdout.write(json.render(record.transcript(last)))
  if (bug !== undefined) throw bug instanceof Error ? bug : new Error('what was thrown is no error', { cause: bug })
  if (flags.print && result) world.stdout.write(`${tokenOf(flags.print, result, world.stdout.isTTY)}\n`)
  return last
}

async function troubleWith(work: Promise<void>): Promise<Outcome | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (!(error instanceof WalkError)) throw error
    return { status: 'failed', exit: error.exit, error: error.explanation }
  }
}

/** The end of a walk: told where the walk was told, and its failure on standard error too, where that is elsewhere. */
export function tellOutcome(world: World, { text }: Outputs, renderer: TextRenderer, outcome: Outcome): void {
  text?.write(renderer.outcome(outcome))
  if (outcome.status !== 'failed' || text?.isTTY || text === world.stderr) return
  world.stderr.write(textRenderer(lookOf(world.stderr, world.env)).outcome(outcome))
}

const REFRESH_TOKEN_TRIES = ['--scope "openid offline_access"', '--param access_type=offline, at Google']

function tokenOf(name: TokenName, { tokens }: Learned, forTerminal: boolean): string {
  const { accessToken, idToken, refreshToken } = tokens
  const token = { access_token: accessToken, id_token: idToken?.compact, refresh_token: refreshToken }[name]
  if (token !== undefined) return forTerminal ? escape(token) : token
  throw new UsageError({
    happened: `--print ${name}: the authorization server issued none`,
    means: 'The walk came to its end, and this token was not among what it got.',
    tries: name === 'refresh_token' ? REFRESH_TOKEN_TRIES : ['--scope openid'],
    read: ['RFC 6749 1.5', 'OpenID Connect Core 11'],
  })
}
