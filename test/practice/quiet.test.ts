import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'

const provider = new URL('../../dist/practice/provider.js', import.meta.url).href

/** Every endpoint, and both kinds of accepted answers, so that each default of the library would be asked for. */
const script = `
import { startPractice } from ${JSON.stringify(provider)}
const practice = await startPractice({ redirectUri: 'http://127.0.0.1:1/callback', observe: () => {} })
const { issuer, client } = practice
const authorization = 'Basic ' + Buffer.from(client.id + ':' + client.secret).toString('base64')
const authorize = '/authorize?response_type=code&scope=openid&client_id=' + client.id
const paths = [
  '/.well-known/openid-configuration', '/jwks', '/userinfo', '/notes', '/logout', '/logout/success', '/nowhere',
  '/interaction/none', authorize, authorize + '&code_challenge_method=S256&code_challenge=' + 'c'.repeat(43),
]
for (const path of paths) {
  for (const accept of ['text/html', 'application/json']) {
    await fetch(issuer + path, { redirect: 'manual', headers: { accept, origin: 'http://127.0.0.1:2' } })
  }
}
for (const path of ['/token', '/introspect', '/revoke']) {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'none', token: 'none' })
  await fetch(issuer + path, { method: 'POST', body, headers: { authorization, origin: 'http://127.0.0.1:2' } })
}
await practice[Symbol.asyncDispose]()
`

describe('the practice provider', () => {
  test('prints nothing at all, and lets the process end', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'pipe'] })
    const [stdout, stderr, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    expect({ stdout, stderr, exit }).toEqual({ stdout: '', stderr: '', exit: 0 })
  })
})
