import { afterAll, describe, expect, test } from 'vitest'
import { brokenPromises } from './invariants.ts'
import type { Endpoint } from './provider.ts'
import { type Expectation, type Mode, MODES, type Row } from './row.ts'
import { type Run, runRow } from './run.ts'

const all = process.env['AUTHWALK_HOSTILE'] === 'all'

/**
 * Each row in each of its modes: the verdict, what led to it, and every promise.
 * @param reach how many requests of an honest walk have been made when a row of this group ends it
 */
export function proveRows(rows: readonly Row[], reach: number): void {
  describe.concurrent('rows', () => {
    for (const row of rows) {
      for (const mode of modesOf(row)) {
        test.skipIf(row.skip !== undefined)(`${row.id} ${row.says} [${mode}]`, async () => {
          const run = await atMostThree(() => runRow(row, mode))
          expect(summaryOf(run)).toEqual(expected(row, mode, reach))
          expect(brokenPromises(run, await usual)).toEqual([])
        })
      }
    }
  })

  const skipped = rows.filter(({ skip }) => skip !== undefined)
  afterAll(() => {
    if (skipped.length > 0) process.stdout.write(`\nNot tried here:\n${skipped.map(({ id, says, skip }) => `  ${id} ${says}: ${skip}\n`).join('')}`)
  })
}

/** No row of the catalogue is forgotten. */
export function proveCoverage(rows: readonly Row[], letter: string, numbers: readonly number[]): void {
  test(`every row of group ${letter} is in the table`, () => {
    const wanted = numbers.map((number) => `${letter}-${String(number).padStart(2, '0')}`)
    const present = new Set(rows.map(({ id }) => id))
    expect(wanted.filter((id) => !present.has(id))).toEqual([])
  })
}

function modesOf({ everyMode, thorough }: Row): readonly Mode[] {
  return all || everyMode ? MODES : thorough ? [] : ['json']
}

/** What an honest walk needs, in KiB: measured once, here and now. */
const usual = runRow({ id: 'A-01', says: 'the usual walk', expect: { exit: 0 } }, 'json').then(({ census }) => census.peak)

const running = new Set<Promise<unknown>>()

async function atMostThree<Result>(work: () => Promise<Result>): Promise<Result> {
  while (running.size >= 3) await Promise.race(running)
  const job = work()
  const settled = job.then(() => {}, () => {})
  running.add(settled)
  void settled.then(() => running.delete(settled))
  return await job
}

interface Summary {
  exit: number
  check?: string | undefined
  warns?: string[] | undefined
  requests: Endpoint[]
  asked: Record<string, string[]>
  opened: boolean
  wronglySent: Endpoint[]
  missing: string[]
  shownAllTheSame: string[]
}

function summaryOf(run: Run): Summary {
  const { row: { expect: wanted }, mode, exit, stdout, stderr, transcript, files, provider: { received, facts } } = run
  const output = readable(`${stdout}\n${stderr}`)
  const found = (wish: string | RegExp) => (typeof wish === 'string' ? output.includes(wish.replace(/\s+/g, ' ')) : wish.test(output))
  const asked = received.map(({ at }) => at)
  return {
    exit,
    check: mode === 'json' ? transcript?.outcome.error?.check : wanted.check !== undefined && found(wanted.check) ? wanted.check : undefined,
    warns: mode === 'json' && judgesWarnings(wanted) ? (transcript?.events ?? []).flatMap((event) => (event.type === 'check' && event.status === 'warn' ? [event.id] : [])) : undefined,
    requests: asked.filter((at) => at !== 'authorize' && at !== 'login'),
    asked: Object.fromEntries(Object.keys(wanted.asked ?? {}).map((name) => [name, facts.asked.getAll(name)])),
    opened: wanted.opened === undefined ? 'opened' in files : wanted.opened.test(files['opened'] ?? ''),
    wronglySent: (wanted.neverSent ?? []).filter((endpoint) => asked.includes(endpoint)),
    missing: (wanted.shows ?? []).filter((wish) => !found(wish)).map(String),
    shownAllTheSame: (wanted.hides ?? []).filter(found).map(String),
  }
}

/** One failure has others in its wake. Where nothing failed, each warning counts. */
function judgesWarnings({ exit, warns }: Expectation): boolean {
  return exit === 0 || warns !== undefined
}

/** Text as it reads, without colours, line breaks and what surrounds JSON strings. */
function readable(text: string): string {
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\\"', '"').replaceAll('\\\\', '\\').replace(/\s+/g, ' ')
}

function expected({ expect: wanted }: Row, mode: Mode, reach: number): Summary {
  const { exit, check, warns = [], requests, asked = {}, opened } = wanted
  // In words a trouble of the network says what it is, and has no id.
  const named = mode === 'json' || exit !== 6
  return {
    exit,
    check: named ? check : undefined,
    warns: mode === 'json' && judgesWarnings(wanted) ? [...warns] : undefined,
    requests: [...(requests ?? before(exit, check, reach))],
    asked: Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, [value]])),
    opened: opened !== undefined,
    wronglySent: [],
    missing: [],
    shownAllTheSame: [],
  }
}

const WALK: readonly Endpoint[] = ['metadata', 'jwks', 'userinfo', 'token', 'userinfo']

/** How far a walk may have come when this decides. Nothing is sent after it. */
function before(exit: number, check = '', reach: number): readonly Endpoint[] {
  if (exit === 0) return WALK
  const known = Object.entries(REACH).find(([prefix]) => check.startsWith(prefix))?.[1]
  return exit === 2 ? [] : WALK.slice(0, known ?? reach)
}

const REACH: Readonly<Record<string, number>> = {
  'metadata-': 1,
  'jwks-fetch': 2,
  'jwks-shape': 2,
  'jwks-cap': 2,
  'tls-env': 0,
  'jwks-rsa': 4,
  'authorization-response-': 3,
  'token-response-': 4,
  'id-token-': 4,
  'userinfo-': 5,
}
