// What a walk can't do without: its messages, its listener, its browser, one signature. Nothing is checked, explained
// or refused, and nothing is loaded that Node does not bring.
import { spawn } from 'node:child_process'
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto'
import { createServer, request } from 'node:http'

const { AUTHWALK_CLIENT_SECRET: secret = '', BROWSER: browser = '' } = process.env
const [issuer = '', redirectUri = ''] = process.argv.slice(2)

/**
 * @typedef {{ jwks_uri: string, authorization_endpoint: string, token_endpoint: string, userinfo_endpoint: string,
 *   keys: import('node:crypto').JsonWebKey[], access_token: string, id_token: string }} Answer
 *   the members of every answer together
 * @type {(url: string, headers?: Record<string, string>, body?: URLSearchParams) => Promise<Answer>}
 */
async function send(url, headers = {}, body) {
  /** @type {import('node:http').IncomingMessage} */
  const response = await new Promise((resolve, reject) => {
    request(url, { method: body ? 'POST' : 'GET', headers, agent: false }, resolve).once('error', reject).end(body?.toString())
  })
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return JSON.parse(text)
}

/** @type {(url: string) => Promise<string>} */
function authorizationResponse(url) {
  return new Promise((resolve) => {
    const listener = createServer(({ url = '' }, response) => {
      response.end('<p>received</p>')
      listener.close()
      resolve(new URL(url, redirectUri).searchParams.get('code') ?? '')
    }).listen(Number(new URL(redirectUri).port), '127.0.0.1', () => void spawn(browser, [url], { stdio: 'ignore' }))
  })
}

async function walk() {
  const metadata = await send(`${issuer}/.well-known/openid-configuration`)
  const { keys } = await send(metadata.jwks_uri)
  const [state = '', nonce = '', verifier = ''] = Array.from({ length: 3 }, () => randomBytes(32).toString('base64url'))
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const asks = { response_type: 'code', client_id: 'walkthrough', redirect_uri: redirectUri, scope: 'openid profile', state, nonce, code_challenge: challenge, code_challenge_method: 'S256' }
  const code = await authorizationResponse(`${metadata.authorization_endpoint}?${new URLSearchParams(asks)}`)
  const authorization = `Basic ${Buffer.from(`walkthrough:${secret}`).toString('base64')}`
  const form = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier })
  const tokens = await send(metadata.token_endpoint, { authorization, 'content-type': 'application/x-www-form-urlencoded' }, form)
  const [header, claims, signature = ''] = tokens.id_token.split('.')
  const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' })
  if (!verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))) throw new Error('the signature does not fit')
  await send(metadata.userinfo_endpoint, { authorization: `Bearer ${tokens.access_token}` })
}

void walk()
