import { describe, expect, test } from 'vitest'
import { type SourceFile, bare, readSource } from '../support/source.ts'

const files = readSource()

interface Rule {
  says: string
  forbids: RegExp
  /** Where it is allowed. */
  except?: RegExp
  /** What it must find, or it forbids nothing. */
  example: string
}

const rules: Rule[] = [
  { says: 'no any', forbids: /\bany\b(?=\s*[,;)\]>|&=\n[]|$)/, example: 'const a: any = 1' },
  { says: 'no default export', forbids: /\bexport\s+default\b|\bas\s+default\b/, example: 'export default 1' },
  {
    says: 'process.exit belongs to main',
    forbids: /\bprocess\s*\.\s*(?:exit|reallyExit|abort)\b(?!Code)/,
    except: /^src\/cli\/main\.ts$/,
    example: 'process.exit(1)',
  },
  {
    says: 'console belongs to cli',
    forbids: /\bconsole\s*\./,
    // The library can be kept from warning by no other means.
    except: /^src\/(?:cli\/|practice\/library\.ts$)/,
    example: 'console.error(1)',
  },
]

describe('source rules', () => {
  test.each(rules)('$says', ({ forbids, except }) => {
    const offenders = files.filter(file => !except?.test(file.path) && forbids.test(file.code))
    expect(offenders.map(file => file.path)).toEqual([])
  })

  test.each(rules)('$says: the rule finds an example', ({ forbids, example }) => {
    expect(bare(example)).toMatch(forbids)
  })
})

/** Nothing but data: one entry after the other. */
const tables = [
  'src/doctor/lint.ts', 'src/diagnosis/questions.ts', 'src/diagnosis/rules/authorization.ts', 'src/diagnosis/rules/social.ts',
  'src/checks/id-token.ts', 'src/checks/metadata.ts',
  'src/providers/apis.ts', 'src/providers/identity-services.ts', 'src/providers/self-hosted.ts', 'src/providers/social.ts',
]
const longest = 200
const oneScreen = 70

describe('length', () => {
  test('flow.ts fits on one screen', () => {
    const flow = files.find(file => file.path === 'src/flow.ts')
    expect(flow && linesOf(flow)).toBeLessThanOrEqual(oneScreen)
  })

  test('a file fits on two screens, or a little more', () => {
    const long = files.filter(file => linesOf(file) > longest && !tables.includes(file.path))
    expect(long.map(file => `${file.path}: ${linesOf(file)}`)).toEqual([])
  })
})

function linesOf({ text }: SourceFile): number {
  return text.trimEnd().split('\n').length
}
