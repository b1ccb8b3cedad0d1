import type { StepEvent, Transcript } from '../../events.ts'
import { inWords, tallyOf } from './facts.ts'

/** One line: how the walk ended. */
export function headlineOf({ events, outcome }: Transcript): string {
  const { status, error } = outcome
  const last = events.findLast((event): event is StepEvent => event.type === 'step')
  const where = last ? `in step ${last.step}, ${last.title}` : 'before its first step'
  if (status === 'completed') return `Walked to the end: ${inWords(tallyOf(events))}`
  if (status === 'cancelled') return `The walk was left ${where}`
  return `The walk stopped ${where}${error?.check === undefined ? '' : `: ${error.check}`}`
}
