import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { CLIENT_ID, startProvider } from '../hostile/provider.ts'
import { type Ending, run, runInShell, start } from '../support/child.ts'
import { freeRedirectUri } from '../support/port.ts'
import { visit } from '../support/scripted-browser.mjs'
import { tempFolder } from '../support/temp.ts'
import { authorizeUrl } from '../support/walk.ts'

const preload = fileURLToPath(new URL('../support/sockets.mjs', import.meta.url))

/** Where a program went, and the doors that it opened itself, each once. */
async function recorded(work: (env: Record<string, string>) => Promise<Ending>) {
  await using folder = await tempFolder()
  const file = join(folder.path, 'sockets')
  await writeFile(file, '')
  const { exit } = await work({ NODE_OPTIONS: `--import ${preload}`, SOCKETS: file })
  const lines = new Set((await readFile(file, 'utf8')).split('\n').filter((line) => line !== ''))
  const [listened, reached] = [true, false].map((doors) => [...lines].filter((line) => line.startsWith('listen ') === doors).sort())
  return { exit, reached, listened }
}

describe('no network but to what the person named', () => {
  test('a walk on a provider reaches that provider and its own door, and nobody else', async () => {
    await using provider = await startProvider()
    const { issuer, canaries } = provider.facts
    const redirectUri = await freeRedirectUri()
    const [server, door] = [new URL(issuer).host, new URL(redirectUri).host]
    const went = await recorded(async (env) => {
      const args = [issuer, '--client-id', CLIENT_ID, '--redirect-uri', redirectUri, '--browser', 'none', '--no-pause']
      await using child = start(args, { env: { ...env, AUTHWALK_CLIENT_SECRET: canaries.secret } })
      const [url = ''] = await Promise.any([child.stdout.waitFor(authorizeUrl), child.stderr.waitFor(authorizeUrl)])
      await visit(url, { password: canaries.password })
      return await child.ended
    })
    expect(went).toEqual({ exit: 0, reached: [`connect ${server}`, `connect ${door}`].sort(), listened: [`listen ${door}`] })
  })

  test('a practice walk speaks with itself alone', async () => {
    const redirectUri = await freeRedirectUri()
    const { exit, reached = [], listened = [] } = await recorded((env) => run(['--practice', '--redirect-uri', redirectUri], { env }))
    expect(exit).toBe(0)
    expect(listened).toEqual([expect.stringMatching(/^listen 127\.0\.0\.1:\d+$/), expect.stringMatching(/^listen 127\.0\.0\.1:\d+$/)])
    expect(listened).toContain(`listen ${new URL(redirectUri).host}`)
    expect(reached).toEqual(listened.map((door) => door.replace('listen', 'connect')))
  })

  test.each(['--version', '--help', 'providers', 'explain invalid_grant'])('authwalk %s reaches nobody', async (line) => {
    expect(await recorded((env) => run(line.split(' '), { env }))).toEqual({ exit: 0, reached: [], listened: [] })
  })
})

/** Each leads to a place of its own on this machine, for it is really taken. */
const ways: readonly (readonly [noticed: string, program: string])[] = [
  ['connect 127.0.0.1:1', `require('node:net').connect(1, '127.0.0.1').on('error', () => {})`],
  ['connect localhost:2', `require('node:net').connect(2).on('error', () => {})`],
  ['connect /no/such/socket', `require('node:net').connect({ path: '/no/such/socket' }).on('error', () => {})`],
  ['connect 127.0.0.1:3', `require('node:tls').connect({ host: '127.0.0.1', port: 3 }).on('error', () => {})`],
  ['connect 127.0.0.1:4', `require('node:https').get('https://127.0.0.1:4/').on('error', () => {})`],
  ['connect 127.0.0.1:5', `require('node:http2').connect('http://127.0.0.1:5').on('error', () => {})`],
  ['connect 127.0.0.1:10000', `fetch('http://127.0.0.1:10000/').catch(() => {})`],
  ['connect 127.0.0.1:6', `import('node:http').then(({ get }) => get('http://127.0.0.1:6/').on('error', () => {}))`],
  ['datagram 7 127.0.0.1', `const s = require('node:dgram').createSocket('udp4'); s.send('x', 7, '127.0.0.1', () => s.close())`],
  ['name localhost', `import('node:dns').then(({ lookup }) => lookup('localhost', () => {}))`],
  ['name anybody.invalid', `const r = new (require('node:dns/promises').Resolver)(); r.setServers(['127.0.0.1:8']); r.resolve4('anybody.invalid').catch(() => {})`],
  ['name nobody.invalid', `const dns = require('node:dns'); dns.setServers(['127.0.0.1:8']); dns.resolveTxt('nobody.invalid', () => {})`],
  ['child true', `require('node:child_process').spawn('true').on('error', () => {})`],
]

test('every way out of a process would be noticed', async () => {
  await using folder = await tempFolder()
  const file = join(folder.path, 'stray.cjs')
  await writeFile(file, ways.map(([, program]) => `{ ${program} }`).join('\n'))
  const { reached } = await recorded((env) => runInShell(`"$1" ${file}`, [], { env }))
  expect(reached).toEqual(ways.map(([noticed]) => noticed).sort())
})
