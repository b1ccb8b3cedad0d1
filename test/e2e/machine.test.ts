import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { cleanEnv, program, run, runInShell, start } from '../support/child.ts'
import { freePort, freeRedirectUri } from '../support/port.ts'
import { silence } from '../support/tap.ts'
import { expectFourLines } from '../support/walk.ts'

describe('what this machine may refuse', () => {
  test.each(['127.0.0.1', 'localhost'])('a taken port, redirect URI on %s', async host => {
    const port = await freePort()
    await using holder = createServer().listen(port, '127.0.0.1')
    await once(holder, 'listening')
    const ending = await run(['--practice', '--redirect-uri', `http://${host}:${port}/callback`])
    expectFourLines(ending, 8)
    expect(ending.stderr).toContain(String(port))
  })

  test('a taken port for the practice provider', async () => {
    const port = await freePort()
    await using holder = createServer().listen(port, '127.0.0.1')
    await once(holder, 'listening')
    const ending = await run(['practice', '--port', String(port)])
    expectFourLines(ending, 8)
    expect(ending.stderr).toContain(String(port))
  })

  test.runIf(existsSync('/dev/full'))('a full disk behind stdout', async () => {
    for (const more of [[], ['--json']]) {
      const ending = await runInShell('exec "$@" >/dev/full', ['--practice', '--redirect-uri', await freeRedirectUri(), ...more])
      expectFourLines(ending, 8)
    }
  })

  test('output that a shell or another parent throws away is not missed', async () => {
    const inShell = await runInShell('"$@" >/dev/null; exit $?', ['--practice', '--redirect-uri', await freeRedirectUri()])
    expect(inShell).toMatchObject({ exit: 0, stderr: '' })
    const child = spawn(process.execPath, [program, '--practice', '--redirect-uri', await freeRedirectUri()], { env: cleanEnv, stdio: ['ignore', 'ignore', 'pipe'] })
    const [[exit], stderr] = await Promise.all([once(child, 'close'), text(child.stderr)])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
  })

  test('a reader of stdout who has gone', async () => {
    for (const more of [[], ['--json']]) {
      await using child = start(['--practice', '--redirect-uri', await freeRedirectUri(), ...more])
      child.process.stdout?.destroy()
      const { exit, stderr } = await child.ended
      expect({ exit, stderr }).toMatchObject({ exit: 8 })
      expect(stderr).not.toMatch(/\n\s+at /)
    }
  })

  test('a reader of stderr who has gone', async () => {
    await using child = start(['--practice', '--redirect-uri', await freeRedirectUri(), '--json'])
    child.process.stderr?.destroy()
    expect([0, 8]).toContain((await child.ended).exit)
  })

  test('head reads one line and no more', async () => {
    const line = '{ "$@"; echo "exit $?" >&2; } | head -1'
    const { stdout, stderr } = await runInShell(line, ['--practice', '--redirect-uri', await freeRedirectUri()])
    expect(stdout.split('\n')).toHaveLength(2)
    expect(stderr).toMatch(/^exit [08]$/m)
    expect(stderr).not.toMatch(/EPIPE|\n\s+at /)
  })

  test('a request without an answer has a deadline', async () => {
    await using server = await silence()
    const args = [server.url.slice(0, -1), '--client-id', 'walkthrough', '--timeout', '1']
    const ending = await run([...args, '--redirect-uri', await freeRedirectUri()], { env: { AUTHWALK_CLIENT_SECRET: 's' } })
    expectFourLines(ending, 6)
  })
})
