import type { Check } from '../check.ts'

export interface DialectInput {
  /** What the provider does instead, where it does. */
  says?: string
}

/** Judged where the preset of a provider has understood what the specification does not allow. */
export const dialectChecks = {
  metadata: inDialect('metadata', 'OpenID Connect Discovery 4.3'),
  'token-response': inDialect('token-response', 'RFC 6749 5.1'),
} as const

function inDialect(message: string, section: string): Check<DialectInput> {
  const usual = 'the form of the specification'
  return {
    id: `${message}-dialect`,
    title: 'it is written as the specification says',
    section,
    level: 'MUST',
    onFail: 'warn',
    why: 'The preset of this provider knows it, and reads it as what it stands for. A client without that knowledge stops here.',
    fix: 'Teach your own client the same: authwalk providers <id> tells what this provider does in its own way.',
    test: ({ says }) => ({ ok: says === undefined, expected: usual, actual: says ?? usual }),
  }
}
