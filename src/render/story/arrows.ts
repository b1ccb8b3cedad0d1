import type { Channel, Lesson, Party, WalkEvent } from '../../events.ts'
import { clock, milliseconds } from '../format.ts'

/** What goes from one party to another, in every sequence diagram. The texts may come from outside, of any length. */
export interface Arrow {
  from: Party
  to: Party
  /** Local: the client starts a browser, and nothing leaves the machine. */
  channel: Channel | 'local'
  label: string
  detail: string
  /** Unseen: between others, the client can't know. Refused: turned away, or answered with an error. */
  state: 'sent' | 'unseen' | 'refused'
}

const SERVER: Party = 'authorization server'

/** What an event sends; nothing where it is no message. */
export function arrowsOf(event: WalkEvent): Arrow[] {
  switch (event.type) {
    case 'navigate':
      return [
        arrow('client', 'browser', 'local', 'opens the browser'),
        arrow('browser', SERVER, 'front', 'authorization request', `GET ${pathOf(event.endpoint)}`),
      ]
    case 'redirect': {
      const { method, path, accepted, reason = '', at, by } = event
      const target = `${method} ${path}`
      if (!accepted) return [arrow('browser', 'client', 'front', target, `ignored: ${reason}`, 'refused')]
      const when = by === 'paste' ? 'pasted by you' : `after ${clock(at)}`
      return [arrow('browser', 'client', 'front', 'authorization response', `${target}, ${when}`)]
    }
    case 'request':
      return [arrow('client', event.to, 'back', event.name, `${event.method} ${pathOf(event.url)}`)]
    case 'response': {
      const said = `${`${event.status} ${event.reason}`.trim()}, ${milliseconds(event.milliseconds)}`
      return [arrow(event.from, 'client', 'back', event.name, said, event.status < 400 ? 'sent' : 'refused')]
    }
    default:
      return []
  }
}

/** The way that a step takes. On the front channel it leads through the browser, whoever sends. */
export function wayOf({ channel, from, to }: Lesson): Arrow[] {
  if (channel === 'back') return [arrow(from, to, 'back')]
  if (from === 'client' && to !== 'browser') return [arrow('client', 'browser', 'local'), arrow('browser', to, 'front')]
  if (from === 'client' || to === 'client') return [arrow(from, to, 'front')]
  return [arrow(from, to, 'front', 'the client sees none of this', '', 'unseen')]
}

function arrow(
  from: Party,
  to: Party,
  channel: Arrow['channel'],
  label = '',
  detail = '',
  state: Arrow['state'] = 'sent',
): Arrow {
  return { from, to, channel, label, detail, state }
}

/** Of a URL that may be none. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}
