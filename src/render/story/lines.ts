import type { CheckEvent, Outcome, StepEvent, Transcript, WalkEvent } from '../../events.ts'
import { groupOf } from '../ledger.ts'
import { type Arrow, arrowsOf, wayOf } from './arrows.ts'
import { inWords, tallyOf } from './facts.ts'

/** One line of a sequence diagram. All texts may come from outside, and may be of any length. */
export type Line = StepLine | ArrowLine | NoteLine

export interface StepLine {
  kind: 'step'
  /** Which event of the transcript it stands for; at its end, one more than there are. */
  event: number
  step: StepEvent
}

export interface ArrowLine extends Arrow {
  kind: 'arrow'
  event: number
}

export interface NoteLine {
  kind: 'note'
  event: number
  label: string
  /** Verdicts are those of checks, the worst of several. */
  verdict: CheckEvent['status'] | 'none'
}

/** A walk as a sequence diagram tells it. */
export function linesOf({ events, outcome }: Transcript): Line[] {
  const lines = runsOf(events).flatMap(({ first, start, all }) => lineOf(first, start, all))
  return [...lines, ...endOf(outcome, events.length)]
}

/** Events that belong together. */
export interface Run {
  first: WalkEvent
  /** Where the first stands in the transcript. */
  start: number
  all: WalkEvent[]
}

/** Checks of one message belong together, and so do values, and what one party saw, where nothing comes between. */
export function runsOf(events: readonly WalkEvent[]): Run[] {
  const runs: Run[] = []
  for (const [index, event] of events.entries()) {
    const last = runs.at(-1)
    if (last && belongs(event, last.first)) last.all.push(event)
    else runs.push({ first: event, start: index, all: [event] })
  }
  return runs
}

function belongs(event: WalkEvent, first: WalkEvent): boolean {
  if (event.type === 'check') return first.type === 'check' && groupOf(first) === groupOf(event)
  if (event.type === 'observed') return first.type === 'observed' && first.by === event.by
  if (event.type !== 'value' || first.type !== 'value') return false
  return event.origin === first.origin && !event.decoded && !first.decoded
}

function lineOf(event: WalkEvent, index: number, run: readonly WalkEvent[]): Line[] {
  const drawn = (arrows: readonly Arrow[]) => arrows.map((one): ArrowLine => ({ kind: 'arrow', event: index, ...one }))
  switch (event.type) {
    case 'step':
      return [{ kind: 'step', event: index, step: event }, ...drawn(wayOf(event).filter(({ state }) => state === 'unseen'))]
    case 'skip':
      return [note(index, `${event.what}: left out`)]
    case 'value':
      return event.origin === 'made' ? [note(index, `sets ${run.flatMap(nameOf).join(', ')}`)] : []
    case 'check':
      return [judged(groupOf(event), run, index)]
    default:
      return drawn(arrowsOf(event))
  }
}

function note(event: number, label: string, verdict: NoteLine['verdict'] = 'none'): NoteLine {
  return { kind: 'note', event, label, verdict }
}

function nameOf(event: WalkEvent): string[] {
  return event.type === 'value' ? [event.name] : []
}

function judged(group: string, run: readonly WalkEvent[], index: number): NoteLine {
  const tally = tallyOf(run)
  const worst = (['fail', 'warn', 'pass'] as const).find((status) => tally[status] > 0) ?? 'skip'
  return note(index, `${group}: ${inWords(tally)}`, worst)
}

/** Where a walk ended that did not come to its end. */
function endOf({ status, error }: Outcome, index: number): NoteLine[] {
  if (status === 'completed') return []
  const why = status === 'cancelled' ? 'you left the walk here' : `stops here: ${error?.happened ?? 'a bug'}`
  return [note(index, why, 'fail')]
}
