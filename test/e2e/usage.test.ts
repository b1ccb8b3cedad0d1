import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { walkOptions } from '../../src/cli/options.ts'
import { run } from '../support/child.ts'
import { expectFourLines } from '../support/walk.ts'

describe('without a terminal nothing is ever asked', () => {
  test.each([
    { args: [], env: {}, names: ['--practice', 'https://'] },
    { args: ['https://as.example.com'], env: {}, names: ['--client-id', 'AUTHWALK_CLIENT_ID'] },
    {
      args: ['https://as.example.com', '--client-id', 'a'],
      env: {},
      names: ['--client-secret-file', 'AUTHWALK_CLIENT_SECRET', '--auth-method none'],
    },
  ])('$args is not enough', async ({ args, env, names }) => {
    const ending = await run(args, { env })
    expectFourLines(ending, 2)
    for (const name of names) expect(ending.stderr).toContain(name)
    expect(ending.stdout).toBe('')
  })
})

describe('a secret on the command line', () => {
  test.each([
    ['--client-secret', 'canary-4711'],
    ['--client-secret=canary-4711'],
    ['--token-param', 'client_secret=canary-4711'],
    ['--param', 'client_secret=canary-4711'],
    ['https://walker:canary-4711@as.example.com'],
  ])('%s is refused and not repeated', async (...args) => {
    const ending = await run([...args, '--practice'])
    expectFourLines(ending, 2)
    expect(ending.stdout + ending.stderr).not.toContain('canary-4711')
  })

  test('the three safe ways are told', async () => {
    const { stderr } = await run(['--client-secret', 'canary-4711'])
    for (const way of ['AUTHWALK_CLIENT_SECRET', '--client-secret-file', 'terminal']) expect(stderr).toContain(way)
  })
})

describe('what flags take', () => {
  test.each([
    ['--wait', 'soon'],
    ['--pkce', 'S512'],
    ['--browser', 'lynx'],
    ['--redirect-uri', 'http://192.0.2.7/callback'],
    ['--redirect-uri', 'https://127.0.0.1:8765/callback'],
    ['--param', 'nothing'],
    ['--print', 'client_secret'],
    ['--such-a-flag'],
    ['http://as.example.com'],
  ])('%s %s is a usage error', async (...args) => {
    expectFourLines(await run(args), 2)
  })

  test('a URL after --practice is taken for the issuer that it is', async () => {
    expect((await run(['--practice', 'https://as.example.com'])).stderr).toContain('--practice and an issuer exclude each other')
  })

  test('--json and --print exclude each other', async () => {
    expectFourLines(await run(['--practice', '--json', '--print', 'id_token']), 2)
  })

  test('--help fits a screen, and help leaves nothing out', async () => {
    const lines = (await run(['--help'])).stdout.trimEnd().split('\n')
    expect(lines.length).toBeLessThan(24)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    const { stdout } = await run(['help'])
    for (const { flags } of Object.values(walkOptions()).flat()) {
      expect(lines.join('\n')).toContain(flags.split(' ')[0])
      expect(stdout).toContain(flags)
    }
    expect((await run(['help', 'doctor'])).stdout).toContain('Usage: authwalk doctor')
    expectFourLines(await run(['help', 'nothing']), 2)
  })

  // ASCII, since it is written past the stream that knows how a console is to be told anything else.
  test.each(['--help', '--version'])('%s is the result, on stdout, in ASCII', async flag => {
    const { exit, stdout, stderr } = await run([flag])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(stdout).toMatch(/^[\x20-\x7e\n]+$/)
    expect(stdout).toMatch(flag === '--help' ? /AUTHWALK_CLIENT_SECRET/ : /^\d+\.\d+\.\d+\n$/)
  })

  test.each([
    [{ node: '18.20.8' }, 'Node.js 18.20.8'],
    [{ node: '20.18.3' }, 'Node.js 20.18.3'],
    [{ node: '24.3.0', bun: '1.3.1' }, 'Bun 1.3.1'],
    [{ node: '24.2.0', deno: '2.5.0' }, 'Deno 2.5.0'],
  ])('%j is told what is needed', async (versions, name) => {
    const pretend = `Object.defineProperty(process, 'versions', { value: ${JSON.stringify(versions)} }); require('./bin/authwalk.js')`
    const top = fileURLToPath(new URL('../../', import.meta.url))
    const told = await promisify(execFile)(process.execPath, ['-e', pretend], { cwd: top }).catch((error: unknown) => error)
    const oldest = manifest.engines.node.replace('>=', '')
    expect(told).toMatchObject({ code: 2, stdout: '', stderr: `authwalk needs Node.js ${oldest} or newer, and this is ${name}.\n` })
  })
})
