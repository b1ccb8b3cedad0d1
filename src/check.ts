import type { CheckEvent, Level, Walk } from './events.ts'
import { CheckFailed, Malformed } from './errors.ts'

/** What one comparison found. */
export type Finding = { ok: boolean; expected: string; actual: string } | { skip: string }

/** One rule about one message: data for the ledger and one pure comparison. */
export interface Check<Input> {
  /** `<message>-<parameter>`, stable: people search for it. */
  id: string
  /** True when the check passes. */
  title: string
  /** Specification and section, for example `OpenID Connect Core 3.1.3.7 (3)`. */
  section: string
  level: Level
  /** What this client does when it fails. `malformed` stops too, with the exit code for what can't be read. */
  onFail: 'stop' | 'malformed' | 'warn'
  why: string
  /** What to try when it fails. */
  fix: string
  test(input: Input): Finding
}

/**
 * Runs every check and shows every result, then stops if one of them says so: a learner, and somebody who debugs,
 * wants the whole table. The first failure decides the exit code.
 * @throws CheckFailed | Malformed
 */
export async function* judge<Input>(checks: readonly Check<Input>[], input: Input): Walk<void> {
  const failures: Failure[] = []
  for (const check of checks) {
    const event = examine(check, input)
    yield event
    if (event.status === 'fail') failures.push({ event, check })
  }
  const [first, ...others] = failures
  if (first) throw refusal(first, others.length)
}

/** One check against one message. */
export function examine<Input>(check: Check<Input>, input: Input): CheckEvent {
  const { id, title, why, section, level } = check
  const { status, expected, actual } = resultOf(check, check.test(input))
  return { type: 'check', id, title, why, section, level, status, expected, actual }
}

function resultOf({ onFail }: Pick<Check<never>, 'onFail'>, finding: Finding): Pick<CheckEvent, 'status' | 'expected' | 'actual'> {
  if ('skip' in finding) return { status: 'skip', expected: '', actual: finding.skip }
  const { ok, expected, actual } = finding
  return { status: ok ? 'pass' : onFail === 'warn' ? 'warn' : 'fail', expected, actual }
}

interface Failure {
  event: CheckEvent
  check: Pick<Check<never>, 'onFail' | 'fix'>
}

function refusal({ event, check }: Failure, others: number) {
  const Refusal = check.onFail === 'malformed' ? Malformed : CheckFailed
  return new Refusal({
    happened: `${event.id}: expected ${event.expected}, got ${event.actual}${others > 0 ? ` (${others} more failed)` : ''}`,
    means: event.why,
    tries: [check.fix],
    read: [event.section],
    check: event.id,
  })
}
