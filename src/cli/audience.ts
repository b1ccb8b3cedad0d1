import type { WalkEvent } from '../events.ts'
import { sshTunnel } from '../io/machine.ts'
import type { Pasted } from '../io/paste.ts'
import { clock } from '../render/format.ts'
import { lookOf } from '../render/look.ts'
import { type TextRenderer, textRenderer } from '../render/text.ts'
import type { Reader } from '../walk.ts'
import type { Browser, Flags } from './options.ts'
import type { Outputs } from './outputs.ts'
import { linesOf, plainReader } from './plain.ts'
import type { World } from './world.ts'

/** Whoever follows a walk: a person at a terminal, or a pipe and perhaps somebody at its standard error. */
export interface Audience {
  readers: Reader[]
  text: TextRenderer
  /** What they paste instead of letting a browser come here. */
  pasted: Pasted
  /** The URL of the authorization request, for whoever has to open it. */
  announce(url: string): void
  notice(sentence: string): void
  /** Shows what was held back while nothing could be paused; `quietly`: forgets it. */
  finish(quietly: boolean): Promise<void>
  /** A last look at the last message. */
  linger(next: string): Promise<void>
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
  const receivers = new Set<(pasted: string) => void>()
  const tunnel = sshTunnel(redirectUri, world.env)
  const waiting = { redirectUri, wait: flags.wait, ...(tunnel ? { tunnel } : {}), paste: (line: string) => receivers.forEach((receive) => receive(line)) }
  const terminal = terminalOn(world, { text, pause: flags.pause, clientId, navigates: NAVIGATES[browser], ...(browser === 'builtin' ? {} : { waiting }) })
  const reader = pacedReader(terminal, outputs.reveal)
  return {
    readers: [reader],
    text,
    pasted(receive) {
      receivers.add(receive)
      return () => receivers.delete(receive)
    },
    announce: (url) => void world.stdout.write(`\n ${INVITES[browser]}\n\n${url}\n`),
    notice: terminal.notice,
    finish: reader.finish,
    linger: terminal.linger,
  }
}

function pipe({ world, flags, outputs, browser, redirectUri }: Circumstances): Audience {
  const { notices } = outputs
  const text = textRenderer(lookOf(outputs.text ?? notices, world.env))
  const onTheSide = textRenderer(lookOf(notices, world.env))
  const strangers: Reader = {
    reveal: 'nothing',
    show(event) {
      if (isStranger(event)) notices.write(onTheSide.event(event))
    },
  }
  return {
    readers: [...(outputs.text ? [plainReader(outputs.text, text, outputs.reveal)] : []), ...(outputs.text === notices ? [] : [strangers])],
    text,
    pasted: (receive) => (browser === 'builtin' ? () => {} : linesOf(world.stdin, receive)),
    announce(url) {
      const tunnel = sshTunnel(redirectUri, world.env)
      notices.write([
        `\n ${INVITES[browser]}\n\n${url}\n`,
        ...(tunnel ? [` Where the browser is on another machine, open a tunnel from there first:\n   ${tunnel}\n`] : []),
        ` Waiting at ${redirectUri} for ${clock(flags.wait * 1000)}. What the browser ends on can be pasted here instead.\n`,
      ].join('\n'))
    },
    notice: (sentence) => void (outputs.text ?? notices).write(`\n ${sentence}\n`),
    async finish() {},
    async linger() {},
  }
}

const NAVIGATES: Readonly<Record<Browser, string>> = {
  system: 'open the browser',
  none: 'show the URL',
  builtin: 'let the program play the browser',
}

const INVITES: Readonly<Record<Browser, string>> = {
  system: 'The browser is sent to this URL. Where none opens, open it yourself:',
  none: 'Open this URL in a browser:',
  builtin: '',
}

function isStranger(event: WalkEvent): boolean {
  return event.type === 'redirect' && !event.accepted
}
