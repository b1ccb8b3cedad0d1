import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'

const built = (name: string) => JSON.stringify(new URL(`../../dist/practice/${name}.js`, import.meta.url).href)

/** A walk, every endpoint, and both kinds of accepted answers, so that each default of the library would be called. */
const script = `
import { createServer } from 'node:http'
import { startPractice } from ${built('provider')}
import { playBrowser } from ${built('browser')}
let code
const listener = createServer((request, response) => {
  code = new URL(request.url, 'http://listener').searchParams.get('code')
  response.end()
})
await new Promise(resolve => listener.listen(0, '127.0.0.1', resolve))
const redirectUri = 'http://127.0.0.1:' + listener.address().port + '/callback'
const practice = await startPractice({ redirectUri, observe: () => {} })
const { issuer, client } = practice
const authorization = 'Basic ' + Buffer.from(client.id + ':' + client.secret).toString('base64')
const authorize = '/authorize?response_type=code&client_id=' + client.id
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
const challenge = '&code_challenge_method=S256&code_challenge=ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA'
const url = issuer + authorize + challenge + '&scope=openid%20offline_access&prompt=consent&redirect_uri=' + redirectUri
await playBrowser({ url, user: practice.users[0], observe: () => {}, signal: AbortSignal.timeout(20000) })
const code_verifier = 'a'.repeat(43)
const redeem = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier })
const redeemed = await fetch(issuer + '/token', { method: 'POST', headers: { authorization }, body: redeem })
const { access_token, refresh_token } = await redeemed.json()
await fetch(issuer + '/userinfo', { headers: { authorization: 'Bearer ' + access_token } })
const refresh = new URLSearchParams({ grant_type: 'refresh_token', refresh_token })
const refreshed = await fetch(issuer + '/token', { method: 'POST', headers: { authorization }, body: refresh })
if (refreshed.status !== 200) throw new Error('the walk failed')
listener.closeAllConnections()
listener.close()
await practice[Symbol.asyncDispose]()
`

describe('the practice provider', () => {
  test('prints nothing at all, and lets the process end', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'pipe'] })
    const [stdout, stderr, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    expect({ stdout, stderr, exit }).toEqual({ stdout: '', stderr: '', exit: 0 })
  })
})
