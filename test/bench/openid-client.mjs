// The same walk with openid-client alone: no terminal, no explanations, and the checks that it makes by itself.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'

const { AUTHWALK_CLIENT_SECRET: secret = '', BROWSER: browser = '', INSTALLED: installed = '' } = process.env
const [issuer = '', redirectUri = ''] = process.argv.slice(2)
/** @type {any} */
const client = await import(createRequire(installed).resolve('openid-client'))
const insecure = { execute: [client.allowInsecureRequests] }
const config = await client.discovery(new URL(issuer), 'walkthrough', secret, undefined, insecure)
const pkceCodeVerifier = client.randomPKCECodeVerifier()
const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: 'openid profile',
  state: expectedState,
  nonce: expectedNonce,
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
})
/** @type {string} */
const path = await new Promise((resolve) => {
  const listener = createServer((request, response) => {
    response.end('<p>received</p>')
    listener.close()
    resolve(request.url ?? '')
  }).listen(Number(new URL(redirectUri).port), '127.0.0.1', () => void spawn(browser, [url.href], { stdio: 'ignore' }))
})
const tokens = await client.authorizationCodeGrant(config, new URL(path, redirectUri), { pkceCodeVerifier, expectedState, expectedNonce })
await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
process.exitCode = 0
