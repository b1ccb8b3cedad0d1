import { sshTunnel } from '../io/machine.ts'
import { clock } from '../render/format.ts'
import { lookOf } from '../render/look.ts'
import { penOf } from '../render/pen.ts'
import type { Browser } from './options.ts'
import { proseLines } from './prose.ts'
import type { World } from './world.ts'

/** The URL of the authorization request, told to whoever has to open it. */
export interface Invitation {
  announce: (url: string) => void
  /** The same URL again, when nobody has come back from it. */
  remind: () => void
}

/** The URL stands alone in its line and is never broken, so that it can be copied. */
export function invitationOn(stream: NodeJS.WriteStream, { env }: World, browser: Browser): Invitation {
  const pen = penOf(lookOf(stream, env))
  const write = (sentence: string, url: string) => {
    stream.write(['', ...proseLines(sentence, pen), '', url, ''].join('\n'))
  }
  let sent = ''
  return {
    announce(url) {
      sent = url
      write(INVITES[browser], url)
    },
    remind: () => write('The URL was:', sent),
  }
}

/** For whoever has no live screen: where the answer is awaited, for how many seconds, and how else it can come. */
export function waitingNote(stream: NodeJS.WriteStream, { env }: World, redirectUri: string, wait: number): string {
  const pen = penOf(lookOf(stream, env))
  const tunnel = sshTunnel(redirectUri, env)
  const place = `Waiting at ${redirectUri} for ${clock(wait * 1000)}.`
  return [
    '',
    ...(tunnel ? [...proseLines(ELSEWHERE, pen), `   ${tunnel}`, ''] : []),
    ...proseLines(`${place} What the browser ends on can be pasted here instead.`, pen),
    '',
  ].join('\n')
}

const ELSEWHERE = 'The browser is on another machine? Open a tunnel from there first:'

const INVITES: Readonly<Record<Browser, string>> = {
  system: 'The browser is sent to this URL. Where none opens, open it yourself:',
  none: 'Open this URL in a browser:',
  builtin: 'The program opens this URL itself:',
}
