import { expect, test } from 'vitest'
import { doctorLine, isForDoctor, sharedOptions } from '../../src/cli/doctor-line.ts'
import type { Flags } from '../../src/cli/options.ts'
import type { Outcome } from '../../src/events.ts'
import { runProgram } from '../../src/cli/program.ts'
import { run } from '../support/child.ts'
import { freePort } from '../support/port.ts'

async function lineFor(...argv: string[]): Promise<string | undefined> {
  let given: { issuer: string | undefined; flags: Flags } | undefined
  await runProgram(argv, { walk: async (issuer, flags) => void (given = { issuer, flags }), practice: async () => {}, more: () => {} })
  return given && doctorLine(given)
}

test.each([
  [['https://as.example', '--client-id', 'a'], 'authwalk doctor https://as.example --client-id a'],
  [['https://as.example', '--wait', '5', '--json', '--save', 'walk.json', '--browser', 'none', '--no-pause'], 'authwalk doctor https://as.example'],
  [['--provider', 'entra', '--tenant', 'x y', '--timeout', '3'], "authwalk doctor --provider entra --tenant 'x y' --timeout 3"],
  [['--profile', 'work', '--param', 'a=b', '--param', "c='d'"], "authwalk doctor --profile work --param a=b --param 'c='\\''d'\\'''"],
  [['https://as.example', '--client-secret-file', '/etc/s', '--max-age', '0'], 'authwalk doctor https://as.example --client-secret-file /etc/s --max-age 0'],
  [['--practice'], undefined],
  [[], undefined],
])('%o: %s', async (argv, wanted) => {
  expect(await lineFor(...argv)).toBe(wanted)
})

test.each<[boolean, Outcome['status'], number, string?]>([
  [true, 'failed', 3],
  [true, 'failed', 7],
  [true, 'failed', 4, 'metadata-issuer'],
  [false, 'failed', 4, 'id-token-aud'],
  [false, 'failed', 2],
  [false, 'cancelled', 130],
])('it is offered: %s, after %s with %i %s', (wanted, status, exit, check) => {
  expect(isForDoctor({ status, exit, error: { happened: '', means: '', tries: [], read: [], ...(check === undefined ? {} : { check }) } })).toBe(wanted)
})

test('doctor takes every flag that such a line may have', async () => {
  const { stdout } = await run(['doctor', '--help'])
  for (const [, options] of sharedOptions()) for (const { long } of options) expect(stdout).toContain(long)
})

test('a walk that fails without a menu ends with the line, and the secret is not in it', async () => {
  const issuer = `http://127.0.0.1:${await freePort()}`
  const { exit, stderr } = await run([issuer, '--client-id', 'client'], { env: { AUTHWALK_CLIENT_SECRET: 'canary-secret-4711' } })
  expect(exit).toBe(6)
  expect(stderr.trimEnd().split('\n').at(-1)).toBe(`authwalk doctor ${issuer} --client-id client`)
  expect(stderr).not.toContain('4711')
})
