import type { WalkEvent } from '../events.ts'
import { sshTunnel } from '../io/machine.ts'
import type { Pasted } from '../io/paste.ts'
import { lookOf } from '../render/look.ts'
import { penOf } from '../render/pen.ts'
import { type TextRenderer, textRenderer } from '../render/text.ts'
import type { Reader } from '../walk.ts'
import { type Invitation, invitationOn, waitingNote } from './invitation.ts'
import type { Browser, Flags } from './options.ts'
import type { Outputs } from './outputs.ts'
import { linesOf, plainReader } from './plain.ts'
import { proseLines } from './prose.ts'
import type { World } from './world.ts'

/** Whoever follows a walk: a person at a terminal, or a pipe and perhaps somebody at its standard error. */
export interface Audience extends Invitation {
  readers: Reader[]
  text: TextRenderer
  /** What they paste instead of letting a browser come here. */
  pasted: Pasted
  /** What they type meanwhile that is no address. */
  told: Pasted
  notice(sentence: string): void
  /** The same while the browser is waited for, and nothing at any other time. */
  aside(text: string): void
  /** Shows what was held back while nothing could be paused; `quietly`: forgets it. */
  finish(quietly: boolean): Promise<void>
  /** A last look at the last message. False where the person has seen enough. */
  linger(next: string): Promise<boolean>
}

export interface Circumstances {
  world: World
  flags: Flags
  outputs: Outputs
  browser: Browser
  redirectUri: string
  clientId: string
}

export async function audienceOf(circumstances: Circumstances): Promise<Audience> {
  return circumstances.outputs.interactive ? await personAt(circumstances) : pipe(circumstances)
}

async function personAt({ world, flags, outputs, browser, redirectUri, clientId }: Circumstances): Promise<Audience> {
  const [{ terminalOn }, { pacedReader }] = await Promise.all([import('./terminal.ts'), import('./pace.ts')])
  const text = textRenderer(lookOf(world.stdout, world.env))
  const addresses = new Set<(text: string) => void>()
  const words = new Set<(text: string) => void>()
  const tunnel = sshTunnel(redirectUri, world.env)
  const paste = (line: string) => (isAddress(line) ? addresses : words).forEach((receive) => receive(line))
  const waiting = { redirectUri, wait: flags.wait, paste, ...(tunnel ? { tunnel } : {}) }
  const terminal = terminalOn(world, {
    text,
    pause: flags.pause,
    clientId,
    navigates: NAVIGATES[browser],
    ...(browser === 'builtin' ? {} : { waiting }),
  })
  const reader = pacedReader(terminal, outputs.reveal)
  return {
    ...invitationOn(world.stdout, world, browser),
    readers: [reader],
    text,
    pasted: subscriptionTo(addresses),
    told: subscriptionTo(words),
    notice: terminal.notice,
    aside: terminal.aside,
    finish: reader.finish,
    linger: terminal.linger,
  }
}

function subscriptionTo(receivers: Set<(text: string) => void>): Pasted {
  return (receive) => {
    receivers.add(receive)
    return () => receivers.delete(receive)
  }
}

/** What a browser ended on, and not what its page says. */
export function isAddress(text: string): boolean {
  return /^\s*\S*(=|:\/\/)\S*\s*$/.test(text)
}

function pipe({ world, flags, outputs, browser, redirectUri }: Circumstances): Audience {
  const { notices } = outputs
  const stream = outputs.text ?? notices
  const text = textRenderer(lookOf(stream, world.env))
  const { announce, remind } = invitationOn(notices, world, browser)
  return {
    readers: [
      ...(outputs.text ? [plainReader(outputs.text, text, outputs.reveal)] : []),
      ...(outputs.text === notices ? [] : [strangersOn(notices, world)]),
    ],
    text,
    pasted: (receive) => (browser === 'builtin' ? () => {} : linesOf(world.stdin, receive)),
    announce(url) {
      announce(url)
      notices.write(waitingNote(notices, world, redirectUri, flags.wait))
    },
    remind,
    notice: (sentence) => void stream.write(`\n${proseLines(sentence, penOf(lookOf(stream, world.env))).join('\n')}\n`),
    told: () => () => {},
    aside: () => {},
    async finish() {},
    linger: async () => false,
  }
}

/** Where the walk is told elsewhere, whoever waits for the browser still hears who was turned away. */
function strangersOn(stream: NodeJS.WriteStream, { env }: World): Reader {
  const text = textRenderer(lookOf(stream, env))
  return {
    reveal: 'nothing',
    show(event) {
      if (isStranger(event)) stream.write(text.event(event))
    },
  }
}

const NAVIGATES: Readonly<Record<Browser, string>> = {
  system: 'open the browser',
  none: 'show the URL',
  builtin: 'let the program play the browser',
}

function isStranger(event: WalkEvent): boolean {
  return event.type === 'redirect' && !event.accepted
}
