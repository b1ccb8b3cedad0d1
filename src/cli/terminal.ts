import { Cancelled } from '../errors.ts'
import type { NavigateEvent, RequestEvent, WalkEvent } from '../events.ts'
import { marked } from '../render/clip.ts'
import { lookOf } from '../render/look.ts'
import { penOf } from '../render/pen.ts'
import type { TextRenderer } from '../render/text.ts'
import { type CloserLook, closerLook } from './closer-look.ts'
import type { Edited } from './edit.ts'
import type { Screen } from './pace.ts'
import { proseLines } from './prose.ts'
import { startWaiting, type WaitOptions } from './waiting.ts'
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
  waiting?: WaitOptions
}

export interface Terminal extends Screen {
  /** A sentence that comes from outside the flow, also while the browser is waited for. */
  notice: (sentence: string) => void
  /** The same for whoever waits for the browser, and for nobody else. Lines that begin with a space stay as they are. */
  aside: (text: string) => void
  /** A last look at the message that was shown last. False where the person has seen enough. */
  linger: (next: string) => Promise<boolean>
}

/** A person at a terminal, who reads at their own pace and may look closer, edit, or leave. */
export function terminalOn(world: World, { text, pause, clientId, navigates, waiting }: TerminalOptions): Terminal {
  const look = lookOf(world.stdout, world.env)
  const pen = penOf(look)
  const closer = closerLook(world, look, clientId)
  const noticed: string[] = []
  let isWaiting = false

  const write = (piece: string) => void world.stdout.write(piece)
  const spoken = (line: string) => (line.startsWith(' ') ? [pen.cut(pen.prose(marked(` ${line}`, pen.width - 1)), pen.width - 1)] : proseLines(line, pen))
  const aside = (ours: string) => ours.split('\n').flatMap(spoken).map(pen.dim)
  const say = (ours: string) => write(`\n${aside(ours).join('\n')}\n`)
  const pausing: CloserLook['rest'] = async (next, editable) => {
    if (!pause) return undefined
    write(text.pause())
    return await closer.rest(next, editable)
  }
  const rest = async (next: string, editable?: NavigateEvent | RequestEvent): Promise<Edited | undefined> => {
    const answer = await pausing(next, editable)
    if (answer !== 'quit') return answer
    world.interrupt()
    throw new Cancelled('SIGINT')
  }

  return {
    show(event) {
      closer.remember(event)
      write(text.event(event))
    },
    rest(next) {
      if (next.type === 'step') return rest(`${next.step}/7 ${next.title}`)
      return rest(next.type === 'navigate' ? navigates : 'send it', next)
    },
    wait(arrived) {
      if (!waiting) return { end: async () => {} }
      if (pause) say(AHEAD)
      const above = () => [...noticed, ...arrived.flatMap(sightOf)].slice(-MOST_ASIDES).flatMap(aside)
      const region = startWaiting(world, look, { ...waiting, arrived, above })
      isWaiting = true
      return {
        async end() {
          await region.end()
          isWaiting = false
          if (pause && arrived.some(({ type }) => type === 'step')) say(RECEIVED)
        },
      }
    },
    notice(sentence) {
      if (isWaiting) noticed.push(sentence)
      else say(sentence)
    },
    aside(text) {
      if (isWaiting) noticed.push(text)
    },
    linger: async (next) => (await pausing(next)) !== 'quit',
  }
}



const MOST_ASIDES = 3
const AHEAD = 'As soon as the answer is here, the client redeems the code, without a pause: a code lives for a minute at most. '
  + 'You read it afterwards.'
const RECEIVED = 'The answer came, and the client went on at once. Read on at your own pace.'

/** The practice provider tells its side as it happens. */
function sightOf(event: WalkEvent): string[] {
  return event.type === 'observed' ? [`The ${event.by}: ${event.saw}`] : []
}
