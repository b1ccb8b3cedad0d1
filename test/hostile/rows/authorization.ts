import { fileURLToPath } from 'node:url'
import { members } from '../knob.ts'
import type { Row } from '../row.ts'

const hanging = fileURLToPath(new URL('../hanging.sh', import.meta.url))
const system = ['--browser', 'system'] as const

export const authorizationRows: readonly Row[] = [
  {
    id: 'A-01',
    says: 'everything as it should be, each parameter once',
    expect: { exit: 0, asked: { response_type: 'code', client_id: 'hostile-client', scope: 'openid profile', code_challenge_method: 'S256' } },
    everyMode: true,
  },
  { id: 'A-02', says: 'state, nonce and code_verifier are long, new, and different', skip: 'a test of its own, below', expect: { exit: 0 } },
  {
    id: 'A-04',
    says: 'openid is not asked for, so there is no ID Token and no key to fetch',
    args: ['--scope', 'profile'],
    expect: { exit: 0, requests: ['metadata', 'userinfo', 'token', 'userinfo'], shows: ['scope has no openid'] },
    everyMode: true,
  },
  {
    id: 'A-05',
    says: 'the server takes pushed authorization requests alone',
    knob: { metadata: members(() => ({ require_pushed_authorization_requests: true })) },
    expect: { exit: 2, requests: ['metadata'], neverSent: ['authorize'], shows: ['PAR'] },
  },
  {
    id: 'A-05',
    says: 'and one that takes them besides',
    knob: { metadata: members(({ origin }) => ({ require_pushed_authorization_requests: false, pushed_authorization_request_endpoint: `${origin}/par` })) },
    expect: { exit: 0 },
  },
  { id: 'A-07', says: 'the server takes localhost alone', skip: 'with the rows of the listener', expect: { exit: 0 } },
  { id: 'A-08', says: 'the browser insists on https for localhost', skip: 'with the rows of the listener', expect: { exit: 0 } },
  { id: 'A-10', says: 'the opener ends with an exit code, and no browser came', args: system, env: { BROWSER: '/bin/false' }, hesitates: 300, expect: { exit: 0, shows: ['ended with exit code 1'] } },
  { id: 'A-11', says: 'the opener is not there', args: system, env: { BROWSER: '/nowhere/browser' }, expect: { exit: 0, shows: ['is not there'] } },
  { id: 'A-11', says: 'the opener may not be run', args: system, env: { BROWSER: '/dev/null' }, expect: { exit: 0, shows: ['may not be run'] } },
  { id: 'A-12', says: 'no browser, and a session over SSH', args: system, env: { BROWSER: '/bin/false', SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' }, expect: { exit: 0, shows: ['ssh -L'] } },
  { id: 'A-13', says: 'the opener never ends, and nobody waits for it', args: system, env: { BROWSER: hanging }, expect: { exit: 0 } },
  {
    id: 'A-14',
    says: 'a URL of 3000 characters goes out whole',
    args: ['--login-hint', 'x'.repeat(3000)],
    expect: { exit: 0, asked: { login_hint: 'x'.repeat(3000) } },
  },
  { id: 'A-16', says: 'the opener gets no secret with its environment', opens: true, expect: { exit: 0, opened: /^1\nhttp.*\n--\n[^]*PATH=/ } },
  {
    id: 'A-17',
    says: 'prompt, max_age, acr_values and login_hint are sent once',
    knob: { 'id-token': (token) => ({ ...token, claims: { ...token.claims, acr: 'gold' } }) },
    args: ['--prompt', 'login', '--max-age', '60', '--acr-values', 'gold silver', '--login-hint', 'alice'],
    expect: { exit: 0, asked: { prompt: 'login', max_age: '60', acr_values: 'gold silver', login_hint: 'alice' } },
  },
  {
    id: 'A-17',
    says: 'acr_values were sent, and acr is another',
    args: ['--acr-values', 'gold'],
    expect: { exit: 0, warns: ['id-token-acr'] },
  },
]
