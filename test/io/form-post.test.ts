import { describe, expect, onTestFinished, test } from 'vitest'
import { listen } from '../../src/io/listener.ts'
import { freePort } from '../support/port.ts'
import { getText, speak, statusOf } from './raw-client.ts'

const state = 'kQ3f-state-of-this-walk_Zw'
const good = `code=C&state=${state}`
const user = encodeURIComponent('{"name":{"firstName":"Alice"}}')

async function place() {
  const port = await freePort()
  const end = new AbortController()
  const listener = await listen({ redirectUri: `http://127.0.0.1:${port}/callback`, state, mode: 'form_post', wait: 30, signal: end.signal })
  onTestFinished(() => {
    end.abort()
    return listener[Symbol.asyncDispose]()
  })
  return { listener, port }
}

function form(port: number, body: string, { path = '/callback', type = 'application/x-www-form-urlencoded', headers = '' } = {}): string {
  return `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n${headers}\r\n${body}`
}

const crossSite = 'Origin: https://appleid.apple.com\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n'

test('a form that a page of the server posts is the response, taken apart in its order, and leads on to a page without it', async () => {
  const { listener, port } = await place()
  const answer = await speak(port, form(port, `${good}&user=${user}`, { headers: crossSite, type: 'application/x-www-form-urlencoded; charset=UTF-8' }))
  expect(statusOf(answer)).toBe(303)
  expect(answer).toMatch(/\r\nlocation: \/received\/[\w-]+\r\n/i)
  expect(await listener.next()).toMatchObject({
    method: 'POST',
    path: '/callback',
    accepted: true,
    parameters: [{ name: 'code', value: 'C' }, { name: 'state', value: state }, { name: 'user', value: '{"name":{"firstName":"Alice"}}' }],
  })
  expect(statusOf(await speak(port, form(port, good)))).toBe(410)
})

test('a server that answers in the query all the same is understood', async () => {
  const { listener, port } = await place()
  expect(statusOf(await speak(port, getText(port, `/callback?${good}`)))).toBe(303)
  expect(await listener.next()).toMatchObject({ method: 'GET', accepted: true })
})

describe('turned away, and the wait goes on', () => {
  test.each<[string, (port: number) => string, number]>([
    ['another state', (port) => form(port, 'code=C&state=other'), 400],
    ['state in the query and not in the form', (port) => form(port, 'code=C', { path: `/callback?state=${state}` }), 400],
    ['JSON', (port) => form(port, '{}', { type: 'application/json' }), 415],
    ['a form with files', (port) => form(port, good, { type: 'multipart/form-data; boundary=x' }), 415],
    ['no Content-Type', (port) => `POST /callback HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: ${good.length}\r\n\r\n${good}`, 415],
    ['another path', (port) => form(port, good, { path: '/other' }), 404],
    ['a form that is too long', (port) => form(port, `${good}&pad=${'x'.repeat(64 * 1024)}`), 413],
    ['raw bytes', (port) => form(port, `${good}&a=\u00ff`), 400],
    ['another method', (port) => `PUT /callback HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 0\r\n\r\n`, 405],
    ['a script of some page', (port) => form(port, good, { headers: 'Sec-Fetch-Mode: no-cors\r\n' }), 403],
    ['another name for this machine', (port) => form(port, good).replace(`127.0.0.1:${port}`, `rebound.example:${port}`), 421],
  ])('%s', async (_, bytes, status) => {
    const { listener, port } = await place()
    expect(statusOf(await speak(port, Buffer.from(bytes(port), 'latin1')))).toBe(status)
    expect(await listener.next()).toMatchObject({ accepted: false })
    expect(statusOf(await speak(port, form(port, good)))).toBe(303)
  })

  test('a form that never ends does not keep the genuine one out', async () => {
    const { port } = await place()
    void speak(port, `POST /callback HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1073741824\r\n\r\n${good}`)
    expect(statusOf(await speak(port, form(port, good)))).toBe(303)
  })
})
