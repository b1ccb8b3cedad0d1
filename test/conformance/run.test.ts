import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { runInShell } from '../support/child.ts'
import { type Played, startFakeSuite } from './fake-suite.ts'

const script = fileURLToPath(new URL('./run.mjs', import.meta.url))
const PLAN = 'oidcc-client-basic-certification-test-plan'

async function conformance(played: readonly Played[], plan = PLAN) {
  await using suite = await startFakeSuite(played)
  const { exit, stdout, stderr } = await runInShell(`"$1" "$3" "$4"`, [script, plan], { env: { CONFORMANCE_SUITE: suite.url } })
  return { exit, lines: stdout.trim().split('\n'), stderr, asked: suite.asked }
}

const module = (name: string, more: Omit<Played, 'name'> = {}): Played => ({ name: `oidcc-client-test${name && `-${name}`}`, ...more })

describe('a plan of the conformance suite, played by a fake of it', () => {
  test('walks in each module and says that it is as it should be', async () => {
    const names = ['', 'invalid-iss', 'idtoken-sig-none', 'userinfo-invalid-sub', 'discovery-issuer-mismatch', 'discovery-jwks-uri-keys', 'signing-key-rotation']
    const { exit, lines, asked } = await conformance([...names.map((name) => module(name)), module('userinfo-bearer-body')])
    expect(lines).toEqual([
      ...names.map((name) => `ok   ${module(name).name}`),
      expect.stringMatching(/^- {4}oidcc-client-test-userinfo-bearer-body: RFC 6750/),
      `${names.length} of ${names.length} as they should be`,
    ])
    expect(exit).toBe(0)
    expect(asked.filter((request) => request === 'POST /api/runner')).toHaveLength(names.length)
  })

  test.each([
    ['the suite is not content', { says: { status: 'FINISHED', result: 'FAILED' } }, 'the suite says FINISHED FAILED'],
    ['the suite only warns', { says: { status: 'FINISHED', result: 'WARNING' } }, 'the suite says FINISHED WARNING'],
    ['the suite never starts it', { dead: true }, 'the suite says INTERRUPTED before anything was asked'],
    ['the walk believes what it should refuse', { by: 'oidcc-client-test' }, 'the walk ended with exit 0, and should with exit 4 id-token-iss'],
    ['the walk refuses for another reason', { by: 'oidcc-client-test-invalid-aud' }, 'the walk ended with exit 4 id-token-aud, and should with exit 4 id-token-iss'],
  ] as const)('%s', async (_, more, problem) => {
    const { exit, lines } = await conformance([module('invalid-iss', more)])
    expect(lines[0]).toBe('NOT  oidcc-client-test-invalid-iss')
    expect(lines.slice(1).join('\n')).toContain(problem)
    expect(lines).toContain('       FAILURE Fake: what it saw')
    expect(lines.join('\n')).not.toContain('all is well')
    expect(exit).toBe(1)
  })

  test('a module that nobody here knows, and a plan without modules, are no success', async () => {
    expect(await conformance([module('from-the-future')])).toMatchObject({ exit: 1, lines: ['NOT  oidcc-client-test-from-the-future', '       modules.mjs does not know it', '0 of 1 as they should be'] })
    expect(await conformance([])).toMatchObject({ exit: 1, lines: ['0 of 0 as they should be'] })
    expect(await conformance([], 'another-plan')).toMatchObject({ exit: 1, stderr: expect.stringContaining('the plan is one of oidcc-client-basic') })
  })
})
