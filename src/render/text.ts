import type {
  CheckEvent,
  NavigateEvent,
  Outcome,
  Parameter,
  RequestEvent,
  ValueEvent,
  WalkEvent,
} from '../events.ts'
import { drawCancelled, drawFailure } from './error.ts'
import { drawCheck, drawTally, emptyTally, groupOf, ID_TOKEN, type Tally } from './ledger.ts'
import { lanesOf } from './lanes.ts'
import type { Look } from './look.ts'
import { drawNavigate, drawRedirect, drawRequest, drawResponse, drawStranger } from './message.ts'
import { drawObserved } from './observed.ts'
import { type Pen, penOf } from './pen.ts'
import { drawSights } from './sights.ts'
import { drawSkip, drawStep } from './step.ts'
import { drawToken, drawValue, drawWholeTokens } from './tokens.ts'
import { whoSawWhat } from './who-saw-what.ts'

/** Events as text for a person, in their order. Every answer ends with a line's end, or is empty. */
export interface TextRenderer {
  event(event: WalkEvent): string
  /** What is due before a person is left alone with the screen: the summary of the checks on it. */
  pause(): string
  /** The end: who saw what, or what went wrong. */
  outcome(outcome: Outcome): string
}

/** What is told: a walk, or a token that came without one. */
export interface Occasion {
  /** The heading over the checks of the token. */
  token: string
  /** What follows from a check that fails. */
  stops: string
}

const WALK: Occasion = { token: ID_TOKEN, stops: 'the walk stops here' }

/**
 * @param now milliseconds since the epoch, for `in 59 minutes`
 */
export function textRenderer(look: Look, now: () => number = Date.now, occasion: Partial<Occasion> = {}): TextRenderer {
  const pen = penOf(look)
  const seen: WalkEvent[] = []
  const made = new Set<string>()
  const ledger = openLedger({ ...WALK, ...occasion }, pen)

  function draw(event: WalkEvent, before: WalkEvent | undefined): string {
    switch (event.type) {
      case 'step':
        return drawStep(event, pen)
      case 'skip':
        return drawSkip(event, pen)
      case 'value':
        if (event.origin === 'made') made.add(event.value)
        if (event.decoded !== undefined) return drawToken({ ...event, decoded: event.decoded }, now(), pen)
        return drawValue(event, !isValueOf(before, event.origin), pen)
      case 'navigate':
        return drawNavigate(event, marking(made, event, before), pen)
      case 'redirect':
        if (event.accepted) return drawRedirect(event, marking(made), pen)
        return `${isStranger(before) ? '' : '\n'}${drawStranger(event, pen).join('\n')}\n`
      case 'request':
        return drawRequest(event, marking(made, event, before), pen)
      case 'response':
        return drawResponse(event, pen)
      case 'check':
        return ledger.add(event)
      case 'observed':
        return drawObserved(event, !(before?.type === 'observed' && before.by === event.by), pen)
    }
  }

  return {
    event(event) {
      const summary = event.type === 'check' ? '' : ledger.close()
      const text = heads(event, seen, pen) + draw(event, seen.at(-1))
      seen.push(event)
      return summary + text
    },
    pause: ledger.close,
    outcome(outcome) {
      return ledger.close() + drawEnd(outcome, seen, pen)
    },
  }
}

/** The names of the lanes over the first message, where no step has named them. */
function heads({ type }: WalkEvent, before: readonly WalkEvent[], pen: Pen): string {
  if (!MESSAGES.has(type) || before.some((event) => event.type === 'step' || MESSAGES.has(event.type))) return ''
  return lanesOf(pen).names().map((line) => `\n${line}`).join('')
}

const MESSAGES: ReadonlySet<WalkEvent['type']> = new Set(['navigate', 'request', 'response'])

function drawEnd({ status, exit, error }: Outcome, events: readonly WalkEvent[], pen: Pen): string {
  if (status === 'completed') return drawWholeTokens(events, pen) + drawSights(whoSawWhat(events), pen)
  if (status === 'cancelled') return drawCancelled(exit, pen)
  return error === undefined ? '' : drawFailure(error, exit, pen)
}

/** Checks come one at a time: the heading is printed with the first of a message, the summary when they are over. */
function openLedger({ token, stops }: Occasion, pen: Pen) {
  let group: string | undefined
  let tally: Tally = emptyTally()

  function close(): string {
    if (group === undefined) return ''
    const summary = `${drawTally(tally, stops, pen).join('\n')}\n`
    group = undefined
    tally = emptyTally()
    return summary
  }

  function add(check: CheckEvent): string {
    const next = groupOf(check)
    const before = next === group ? '' : `${close()}\n ${next === ID_TOKEN ? token : next}\n`
    group = next
    tally[check.status] += 1
    return `${before}${drawCheck(check, pen).join('\n')}\n`
  }

  return { add, close }
}

/** Where a value comes from: changed by the person a moment ago, or made by this program. */
function marking(made: ReadonlySet<string>, event?: NavigateEvent | RequestEvent, before?: WalkEvent) {
  const proposed = event && before?.type === event.type ? before.parameters : undefined
  return ({ name, value }: Parameter): string | undefined => {
    if (proposed && !proposed.some((parameter) => parameter.name === name && parameter.value === value)) return 'edited'
    return made.has(value) ? 'made here' : undefined
  }
}

function isValueOf(event: WalkEvent | undefined, origin: ValueEvent['origin']): boolean {
  return event?.type === 'value' && event.origin === origin && event.decoded === undefined
}

function isStranger(event: WalkEvent | undefined): boolean {
  return event?.type === 'redirect' && !event.accepted
}
