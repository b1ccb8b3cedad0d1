import type { NavigateEvent, RequestEvent, StepEvent, WalkEvent } from '../events.ts'
import { curlWithNotes } from '../render/curl.ts'
import type { Look } from '../render/look.ts'
import { penOf } from '../render/pen.ts'
import { type Message, raw } from '../render/raw.ts'
import { whyAtLength } from '../render/step.ts'
import { type Edited, editOf } from './edit.ts'
import { keysLine } from './keys-line.ts'
import { pressedKey } from './pause.ts'
import type { World } from './world.ts'

/** Remembers what is on the screen, and shows it in other ways when a key asks for it. */
export interface CloserLook {
  remember(event: WalkEvent): void
  /**
   * Waits until the person goes on, edits or quits.
   * @param next what Enter does
   * @param editable the message that is about to go out
   * @throws Cancelled by Ctrl+C
   */
  rest(next: string, editable?: NavigateEvent | RequestEvent): Promise<Edited | 'quit' | undefined>
}

export function closerLook(world: World, look: Look, clientId: string): CloserLook {
  const pen = penOf(look)
  let step: StepEvent | undefined
  /** The last message, with the request that it answers. */
  let messages: Message[] = []

  /** What the keys show. Those that have nothing to show are not offered. */
  function views(): Record<string, { does: string; text: string }> {
    const [request] = messages.filter((message) => message.type === 'request')
    const http = messages.map((message) => raw(look, message)).join('')
    return {
      ...(step ? { w: { does: 'why', text: whyAtLength(look, step) } } : {}),
      ...(messages.length > 0 ? { r: { does: 'raw', text: http } } : {}),
      ...(request ? { c: { does: 'curl', text: `\n${curlWithNotes(request, clientId)}\n` } } : {}),
    }
  }

  return {
    remember(event) {
      if (event.type === 'step') step = event
      if (isMessage(event)) messages = event.type === 'response' ? [...messages, event] : [event]
    },
    async rest(next, editable) {
      const shown = views()
      const does = Object.fromEntries(Object.entries(shown).map(([key, view]) => [key, view.does]))
      const keys = { Enter: next, ...does, ...(editable?.parameters.length ? { e: 'edit' } : {}), q: 'quit' }
      for (;;) {
        const key = await pressedKey(world, `\n${keysLine(keys, pen)}`, Object.keys(keys))
        if (key === 'enter') return undefined
        if (key === 'q') return 'quit'
        world.stdout.write(shown[key]?.text ?? '')
        const edited = key === 'e' && editable ? await editOf(world, editable) : undefined
        if (edited) return edited
      }
    },
  }
}

function isMessage(event: WalkEvent): event is Message {
  return event.type === 'navigate' || event.type === 'redirect' || event.type === 'request' || event.type === 'response'
}
