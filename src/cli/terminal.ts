import type { NavigateEvent, RequestEvent, StepEvent, WalkEvent } from '../events.ts'
import { Cancelled } from '../errors.ts'
import { toCurl } from '../render/curl.ts'
import { lookOf } from '../render/look.ts'
import { wrap } from '../render/layout.ts'
import { penOf } from '../render/pen.ts'
import { type Message, raw } from '../render/raw.ts'
import { whyAtLength } from '../render/step.ts'
import type { TextRenderer } from '../render/text.ts'
import { waitingScreen } from '../render/waiting.ts'
import { editOf, type Edited } from './edit.ts'
import { keysLine } from './keys-line.ts'
import type { Screen } from './pace.ts'
import { pressedKey } from './pause.ts'
import { startWaiting } from './waiting.ts'
import type { World } from './world.ts'

export interface TerminalOptions {
  text: TextRenderer
  /** Without pauses everything runs through, and only the browser is waited for. */
  pause: boolean
  /** For curl lines. */
  clientId: string
  /** What Enter does when the browser is about to be sent away. */
  navigates: string
  /** Absent where the program plays the browser: nobody waits then. */
  waiting?: {
    redirectUri: string
    /** Seconds. */
    wait: number
    tunnel?: string
    paste: (text: string) => void
  }
}

export interface Terminal extends Screen {
  /** A sentence that comes from outside the flow, also while the browser is waited for. */
  notice(sentence: string): void
  /** A last look at the message that was shown last. */
  linger(next: string): Promise<void>
}

/** A person at a terminal, who reads at their own pace and may look closer, edit, or leave. */
export function terminalOn(world: World, { text, pause, clientId, navigates, waiting }: TerminalOptions): Terminal {
  const look = lookOf(world.stdout, world.env)
  const pen = penOf(look)
  const write = (piece: string) => void world.stdout.write(piece)
  let step: StepEvent | undefined
  let messages: Message[] = []
  let isWaiting = false
  const noticed: string[] = []

  const sentence = (ours: string) => wrap(pen.prose(ours), pen.measure - 2).map((line) => ` ${pen.dim(line)}`).join('\n')

  async function keys(next: string, editable?: NavigateEvent | RequestEvent): Promise<Edited | undefined> {
    if (!pause) return undefined
    const request = messages.findLast((message) => message.type === 'request')
    const offered = {
      ...(step ? { w: 'why' } : {}),
      ...(editable && editable.parameters.length > 0 ? { e: 'edit' } : {}),
      ...(messages.length > 0 ? { r: 'raw' } : {}),
      ...(request ? { c: 'curl' } : {}),
      q: 'quit',
    }
    for (;;) {
      const key = await pressedKey(world, `\n${keysLine({ Enter: next, ...offered }, pen)}`, Object.keys(offered))
      if (key === 'enter') return undefined
      if (key === 'q') leave(world)
      if (key === 'w' && step) write(whyAtLength(look, step))
      if (key === 'r') for (const message of latest(messages)) write(raw(look, message))
      if (key === 'c' && request) write(`\n${toCurl(request, clientId)}\n`)
      const edited = key === 'e' && editable ? await editOf(world, editable) : undefined
      if (edited) return edited
    }
  }

  return {
    show(event) {
      if (event.type === 'step') {
        step = event
        messages = []
      }
      if (isMessage(event)) messages.push(event)
      write(text.event(event))
    },
    rest: (next) => (next.type === 'step' ? keys(`${next.step}/7 ${next.title}`) : keys(next.type === 'navigate' ? navigates : 'send it', next)),
    wait(arrived) {
      if (!waiting) return { end: async () => {} }
      const began = performance.now()
      const draw = (input: string) => ['', ...noticed, waitingScreen(look, {
        ...waiting,
        wait: waiting.wait * 1000,
        elapsed: performance.now() - began,
        ignored: arrived.flatMap(strangerOf),
        input,
        canPaste: true,
      })].join('\n')
      const region = startWaiting(world, { draw, paste: waiting.paste })
      isWaiting = true
      return {
        async end() {
          await region.end()
          isWaiting = false
          if (pause && arrived.some(({ type }) => type === 'step')) write(`\n${sentence(RECEIVED)}\n`)
        },
      }
    },
    notice(said) {
      if (isWaiting) noticed.push(sentence(said))
      else write(`\n${sentence(said)}\n`)
    },
    async linger(next) {
      await keys(next)
    },
  }
}

const RECEIVED = 'The answer is here. The client went on without a pause, since a code lives for a minute at most. Read on at your own pace.'

function leave(world: World): never {
  world.interrupt()
  throw new Cancelled('SIGINT')
}

function isMessage(event: WalkEvent): event is Message {
  return event.type === 'navigate' || event.type === 'redirect' || event.type === 'request' || event.type === 'response'
}

/** The last message, with the request that it answers. */
function latest(messages: readonly Message[]): readonly Message[] {
  return messages.slice(messages.at(-1)?.type === 'response' ? -2 : -1)
}

function strangerOf(event: WalkEvent): { at: number; what: string; reason: string }[] {
  if (event.type !== 'redirect' || event.accepted) return []
  const { method, path, parameters, at, reason = '' } = event
  const query = parameters.map(({ name }) => `${name}=…`).join('&')
  return [{ at, what: `${method} ${path}${query === '' ? '' : `?${query}`}`, reason }]
}
