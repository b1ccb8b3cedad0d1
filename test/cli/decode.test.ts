import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { fileURLToPath } from 'node:url'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/events.ts'
import { run } from '../support/child.ts'
import { freeRedirectUri } from '../support/port.ts'
import { compactJws, hs256, publicJwk, rs256, rsaKeys } from '../support/signing.ts'
import { tempFolder } from '../support/temp.ts'
import { expectFourLines } from '../support/walk.ts'

const keys = rsaKeys()
const jwks = { keys: [publicJwk(keys, { kid: 'k1', use: 'sig', alg: 'RS256' })] }

function token(claims: JsonObject = {}, signer = keys): string {
  const now = Math.floor(Date.now() / 1000)
  const usual = { iss: 'https://as.example', sub: 'alice', aud: 'me', iat: now, exp: now + 600 }
  return compactJws({ alg: 'RS256', kid: 'k1' }, { ...usual, ...claims }, rs256(signer))
}

/** An issuer that writes down whatever reaches it. */
async function issuerAt(publish: (origin: string) => JsonObject) {
  const received: string[] = []
  const server = createServer((request, response) => {
    const body: string[] = []
    request.setEncoding('utf8').on('data', (text: string) => body.push(text)).on('end', () => {
      received.push([request.method, request.url, ...request.rawHeaders, ...body].join('\n'))
      const document = request.url === '/jwks' ? jwks : publish(origin)
      response.setHeader('content-type', 'application/json').end(JSON.stringify(document))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  return { origin, received, [Symbol.asyncDispose]: async () => void server.close() }
}

const honest = (origin: string): JsonObject => ({ issuer: origin, jwks_uri: `${origin}/jwks` })

async function keyFile(text = JSON.stringify(jwks)) {
  const folder = await tempFolder()
  const file = join(folder.path, 'jwks.json')
  await writeFile(file, text)
  return { file, [Symbol.asyncDispose]: folder[Symbol.asyncDispose] }
}

describe('without keys', () => {
  test.each([[[]], [['-']]])('%j shows header and claims, and says that nothing of it is verified', async (args) => {
    const { exit, stdout, stderr } = await run(['decode', ...args], { stdin: `${token({ azp: 'somebody' })}\n` })
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    for (const part of ['header', 'RS256', 'Claims', 'https://as.example', 'somebody']) expect(stdout).toContain(part)
    expect(stdout).toContain('Decoded is not verified')
    expect(stdout).toContain('Not verified: nobody has looked at the signature')
    expect(stdout).not.toContain('passed')
  })

  test('what came is shown as it is, and obeyed by no terminal', async () => {
    const { exit, stdout } = await run(['decode'], { stdin: token({ name: '\u001b[2J\u202eevil' }) })
    expect(exit).toBe(0)
    expect(stdout).not.toMatch(/[\u001b\u202e]/)
    expect(stdout).toContain('evil')
  })
})

describe('with keys', () => {
  test('of an issuer: signature, times and aud hold, and the token is in no request', async () => {
    await using issuer = await issuerAt(honest)
    const compact = token({ iss: issuer.origin })
    const { exit, stdout, stderr } = await run(['decode', '--issuer', issuer.origin, '--client-id', 'me'], { stdin: compact })
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(stdout).toMatch(/the signature was made with that key/)
    expect(stdout).toContain('Decoded is not verified')
    expect(stdout).toContain('Signature and times hold')
    expect(stdout).not.toMatch(/[1-9]\d* failed/)
    expect(issuer.received.map((request) => request.split('\n')[1])).toEqual(['/.well-known/openid-configuration', '/jwks'])
    for (const part of compact.split('.')) expect(issuer.received.join('\n')).not.toContain(part)
  })

  test('of a file, or of a URL', async () => {
    await using set = await keyFile()
    await using issuer = await issuerAt(honest)
    for (const from of [set.file, `${issuer.origin}/jwks`]) {
      expect(await run(['decode', '--jwks', from], { stdin: token() })).toMatchObject({ exit: 0, stderr: '' })
    }
  })

  test.each([
    ['id-token-sig', token({}, rsaKeys())],
    ['id-token-sig', compactJws({ alg: 'HS256', kid: 'k1' }, { exp: 9e9, iat: 1 }, hs256(JSON.stringify(jwks.keys[0])))],
    ['id-token-sig', compactJws({ alg: 'none' }, { exp: 9e9, iat: 1 }, () => Buffer.from('x'))],
    ['jwks-kid', compactJws({ alg: 'RS256', kid: 'k2' }, { exp: 9e9, iat: 1 }, rs256(keys))],
    ['id-token-crit', compactJws({ alg: 'RS256', kid: 'k1', crit: ['x'] }, { exp: 9e9, iat: 1 }, rs256(keys))],
    ['id-token-exp', token({ iat: 1, exp: 2 })],
    ['id-token-nbf', token({ nbf: 9e9 })],
    ['id-token-aud', token({ aud: 'another' })],
    ['id-token-azp', token({ azp: 'another' })],
  ])('%s stops it', async (check, compact) => {
    await using set = await keyFile()
    const ending = await run(['decode', '--jwks', set.file, '--client-id', 'me'], { stdin: compact })
    expectFourLines(ending, 4)
    expect(ending.stderr).toContain(`${check}: expected`)
    expect(ending.stdout).not.toContain('Signature and times hold')
    expect(ending.stdout.replaceAll(/\s+/g, ' ')).toMatch(/\d failed[^.]*: this token is not to be trusted/)
    expect(ending.stdout).not.toMatch(/ID Token|the walk stops/)
  })

  test('a token of another issuer, or metadata in another name', async () => {
    await using issuer = await issuerAt(honest)
    const foreign = await run(['decode', '--issuer', issuer.origin], { stdin: token() })
    expectFourLines(foreign, 4)
    expect(foreign.stderr).toContain('id-token-iss: expected')
    await using liar = await issuerAt(() => honest('https://as.example'))
    const lied = await run(['decode', '--issuer', liar.origin], { stdin: token() })
    expectFourLines(lied, 4)
    expect(lied.stderr).toContain('metadata-issuer: expected')
    expect(liar.received).toHaveLength(1)
  })

  test('no key set, and nobody there', async () => {
    await using set = await keyFile('{"keys":[]}')
    expectFourLines(await run(['decode', '--jwks', set.file], { stdin: token() }), 5)
    expectFourLines(await run(['decode', '--issuer', 'http://127.0.0.1:1'], { stdin: token() }), 6)
  })
})

describe('like the walk', () => {
  test('--clock-skew', async () => {
    await using set = await keyFile()
    const now = Math.floor(Date.now() / 1000)
    const late = token({ iat: now - 600, exp: now - 120 })
    expect((await run(['decode', '--jwks', set.file], { stdin: late })).exit).toBe(0)
    expectFourLines(await run(['decode', '--jwks', set.file, '--clock-skew', '0'], { stdin: late }), 4)
    expectFourLines(await run(['decode', '--clock-skew', '9999'], { stdin: late }), 2)
  })

  test('--timeout', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const ending = await run(['decode', '--jwks', `http://127.0.0.1:${port}/jwks`, '--timeout', '1'], { stdin: token() })
    silent.closeAllConnections()
    silent.close()
    expectFourLines(ending, 4)
    expect(ending.stderr).toMatch(/within 1 s|after 1 s|1 s/)
  })

  test('--ca', async () => {
    const tls = fileURLToPath(new URL('../fixtures/tls/', import.meta.url))
    const [cert, key] = await Promise.all(['localhost.pem', 'key.pem'].map((name) => readFile(join(tls, name))))
    const server = createSecureServer({ cert, key }, (_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const args = ['decode', '--jwks', `https://localhost:${port}/jwks`]
    const [without, trusting] = [await run(args, { stdin: token() }), await run([...args, '--ca', join(tls, 'ca.pem')], { stdin: token() })]
    server.close()
    expectFourLines(without, 4)
    expect(without.stderr).toContain('certificate')
    expect(trusting).toMatchObject({ exit: 0, stderr: '' })
  })
})

describe('what is refused', () => {
  test('a token on the command line, which is not repeated', async () => {
    const ending = await run(['decode', token({ jti: 'canary' })])
    expectFourLines(ending, 2)
    expect(ending.stderr).toContain('shell')
    expect(ending.stdout + ending.stderr).not.toContain('eyJ')
  })

  test.each([
    ['nothing at all', '', [], 2],
    ['no JWT', 'opaque-token', [], 5],
    ['an encrypted one', 'a.b.c.d.e', [], 5],
    ['one without end', 'x'.repeat(301 * 1024), [], 2],
    ['--client-id without keys', token(), ['--client-id', 'me'], 2],
    ['two sources of keys', token(), ['--issuer', 'https://as.example', '--jwks', 'a.json'], 2],
    ['keys over plain http', token(), ['--jwks', 'http://as.example/jwks'], 2],
    ['a file that is not there', token(), ['--jwks', 'no-such-file.json'], 2],
  ])('%s', async (_what, stdin, flags, exit) => {
    expectFourLines(await run(['decode', ...flags], { stdin }), exit)
  })
})

test('what --print writes can be piped into it', async () => {
  const walked = await run(['--practice', '--print', 'id_token', '--redirect-uri', await freeRedirectUri()])
  const { exit, stdout } = await run(['decode'], { stdin: walked.stdout })
  expect(exit).toBe(0)
  expect(stdout).toContain('nonce')
})
