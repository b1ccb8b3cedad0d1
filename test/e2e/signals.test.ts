import { describe, expect, test } from 'vitest'
import { type Child, start } from '../support/child.ts'
import { freeRedirectUri, isFree } from '../support/port.ts'
import { visit } from '../support/scripted-browser.mjs'
import { silence } from '../support/tap.ts'
import { authorizeUrl, readTranscript, startPractice } from '../support/walk.ts'

const exits = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

async function expectGone(child: Child, redirectUri: string, signal: keyof typeof exits = 'SIGINT') {
  child.signal(signal)
  const { exit, stdout, stderr } = await child.ended
  expect({ exit, stderr }).toMatchObject({ exit: exits[signal] })
  expect(await isFree(Number(new URL(redirectUri).port))).toBe(true)
  expect(stderr).not.toMatch(/\n\s+at .*:\d+:\d+/)
  return stdout
}

describe('a signal while the client waits', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('for the person: %s', async signal => {
    const redirectUri = await freeRedirectUri()
    await using child = start(['--practice', '--browser', 'none', '--json', '--redirect-uri', redirectUri])
    await child.stderr.waitFor(authorizeUrl)
    const stdout = await expectGone(child, redirectUri, signal)
    const { outcome, events } = readTranscript(stdout)
    expect(outcome).toMatchObject({ status: 'cancelled', exit: exits[signal] })
    expect(events.flatMap(event => (event.type === 'step' ? [event.step] : []))).toEqual([0, 1, 2])
  })

  test('for the metadata', async () => {
    await using server = await silence()
    const redirectUri = await freeRedirectUri()
    const args = [server.url.slice(0, -1), '--client-id', 'walkthrough', '--redirect-uri', redirectUri]
    await using child = start(args, { env: { AUTHWALK_CLIENT_SECRET: 's' } })
    await server.asked
    await expectGone(child, redirectUri)
  })

  test.each(['--resource', '--token-endpoint', '--userinfo-endpoint'])('for what %s names', async flag => {
    const redirectUri = await freeRedirectUri()
    await using server = await startPractice(redirectUri)
    await using silent = await silence()
    const resource = flag === '--userinfo-endpoint' ? ['--resource', `${server.issuer}/jwks`] : []
    const args = [...server.args, '--browser', 'none', flag, silent.url, ...resource]
    await using child = start(args, { env: server.env })
    if (flag !== '--resource') {
      const [url = ''] = await child.stderr.waitFor(authorizeUrl)
      await visit(url)
    }
    await silent.asked
    await expectGone(child, redirectUri)
  })

  test('a second signal is no worse than the first', async () => {
    const redirectUri = await freeRedirectUri()
    await using child = start(['--practice', '--browser', 'none', '--redirect-uri', redirectUri])
    await child.stderr.waitFor(authorizeUrl)
    child.signal('SIGINT')
    await expectGone(child, redirectUri)
  })
})
