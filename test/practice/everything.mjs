// Each endpoint in both kinds of answers, and a whole walk, so that every default of the library would be called.
import { createServer } from 'node:http'
import { playBrowser } from '../../src/practice/browser.ts'
import { startPractice } from '../../src/practice/provider.ts'
import { freeRedirectUri } from '../support/port.ts'

let code = ''
const listener = createServer(({ url }, response) => {
  code = new URL(url ?? '', 'http://listener').searchParams.get('code') ?? ''
  response.end()
})
const redirectUri = await freeRedirectUri()
await new Promise((resolve) => listener.listen(Number(new URL(redirectUri).port), '127.0.0.1', () => resolve(undefined)))
const practice = await startPractice({ redirectUri, observe: () => {} })
const { issuer, client, users: [user] } = practice
if (!user) throw new Error('nobody can log in')
const authorization = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`
const authorize = `/authorize?response_type=code&client_id=${client.id}`
const paths = [
  '/.well-known/openid-configuration', '/jwks', '/userinfo', '/notes', '/logout', '/logout/success', '/nowhere',
  '/interaction/none', authorize, `${authorize}&code_challenge_method=S256&code_challenge=${'c'.repeat(43)}`,
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
const url = `${issuer}${authorize}${challenge}&scope=openid%20offline_access&prompt=consent&redirect_uri=${redirectUri}`
await playBrowser({ url, user, observe: () => {}, signal: AbortSignal.timeout(20_000) })

const codeGrant = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: 'a'.repeat(43) }
const { access_token, refresh_token } = await (await redeem(codeGrant)).json()
await fetch(`${issuer}/userinfo`, { headers: { authorization: `Bearer ${access_token}` } })
const { status } = await redeem({ grant_type: 'refresh_token', refresh_token })
if (status !== 200) throw new Error('the walk failed')
listener.closeAllConnections()
listener.close()
await practice[Symbol.asyncDispose]()

/** @param {Record<string, string>} body */
function redeem(body) {
  return fetch(`${issuer}/token`, { method: 'POST', headers: { authorization }, body: new URLSearchParams(body) })
}
