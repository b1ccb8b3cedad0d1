import { type Check, examine } from '../check.ts'
import type { Context, Family, Need, Probe } from './probe.ts'

interface About<Input> {
  family: Family
  needs: readonly Need[]
  input: (context: Context) => Promise<Input>
}

const REFUSED = 4
const MALFORMED = 5

/** A check of the walk as a probe: the same rule, judged without a login. */
export function probeOf<Input>(check: Check<Input>, { family, needs, input }: About<Input>): Probe {
  return {
    id: check.id,
    family,
    title: check.title,
    section: check.section,
    how: `The check of a walk: ${check.why}`,
    needs,
    exit: check.onFail === 'malformed' ? MALFORMED : REFUSED,
    async run(context) {
      const { status, expected, actual } = examine(check, await input(context))
      if (status === 'skip') return undefined
      if (status === 'pass') return { status, found: actual }
      return { status, found: `expected ${expected}, got ${actual}`, evidence: [check.why], fix: check.fix, sure: 'certain' }
    },
  }
}
