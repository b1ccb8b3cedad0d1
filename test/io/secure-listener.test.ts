import { once } from 'node:events'
import { connect as connectTls } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { makeCertificate, type Tls } from '../../src/io/certificate.ts'
import { type ListenOptions, listen } from '../../src/io/listener.ts'
import { readRedirectUri } from '../../src/io/redirect-uri.ts'
import { freePort } from '../support/port.ts'
import { closed, getText, speak, statusOf } from './raw-client.ts'

const state = 'kQ3f-state-of-this-walk_Zw'

async function place(options: Partial<ListenOptions> & Pick<ListenOptions, 'redirectUri'>) {
  const end = new AbortController()
  const listener = await listen({ state, wait: 30, signal: end.signal, ...options })
  onTestFinished(() => {
    end.abort()
    return listener[Symbol.asyncDispose]()
  })
  return listener
}

async function speakTls(port: number, text: string, { cert }: Tls): Promise<string> {
  const socket = connectTls({ port, host: '127.0.0.1', servername: 'localhost', ca: cert })
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
  socket.on('error', () => {})
  await once(socket, 'secureConnect')
  socket.write(text)
  await closed(socket)
  return answer
}

describe('https', () => {
  test('with a certificate that was given, the response comes over TLS', async () => {
    const [port, tls] = [await freePort(), makeCertificate(Date.now())]
    const listener = await place({ redirectUri: `https://localhost:${port}/callback`, tls })
    const answer = await speakTls(port, `GET /callback?code=C&state=${state} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`, tls)
    expect(statusOf(answer)).toBe(303)
    expect(await listener.next()).toMatchObject({ accepted: true, path: '/callback' })
  })

  test('without one it is made on the spot', async () => {
    const port = await freePort()
    await place({ redirectUri: `https://127.0.0.1:${port}/callback` })
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    expect(socket.getPeerCertificate().subject).toEqual({ CN: 'authwalk, for one walk' })
    socket.destroy()
  })

  test('plain HTTP there is a stranger, who is told nothing and ends nothing', async () => {
    const [port, tls] = [await freePort(), makeCertificate(Date.now())]
    const listener = await place({ redirectUri: `https://localhost:${port}/callback`, tls })
    expect(await speak(port, getText(port, `/callback?code=C&state=${state}`))).toBe('')
    expect(await listener.next()).toMatchObject({ accepted: false, reason: 'plain HTTP on a TLS port: the browser used http' })
    expect(statusOf(await speakTls(port, `GET /callback?code=C&state=${state} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`, tls))).toBe(303)
  })
})

describe('behind a tunnel', () => {
  const redirectUri = 'https://walk.tunnel.example/cb'

  test.each([
    ['that keeps the Host of the browser', () => 'walk.tunnel.example'],
    ['that sets the one of this machine', (port: number) => `127.0.0.1:${port}`],
  ])('%s, the response is taken', async (_, hostOf) => {
    const port = await freePort()
    const listener = await place({ redirectUri, listenAt: `http://127.0.0.1:${port}` })
    const answer = await speak(port, `GET /cb?code=C&state=${state} HTTP/1.1\r\nHost: ${hostOf(port)}\r\n\r\n`)
    expect(statusOf(answer)).toBe(303)
    expect(await listener.next()).toMatchObject({ accepted: true, path: '/cb' })
  })

  test('any other Host is turned away', async () => {
    const port = await freePort()
    await place({ redirectUri, listenAt: `http://127.0.0.1:${port}` })
    expect(statusOf(await speak(port, `GET /cb?code=C&state=${state} HTTP/1.1\r\nHost: evil.example\r\n\r\n`))).toBe(421)
  })

  test.each([
    [redirectUri, undefined],
    [redirectUri, 'http://192.0.2.1:8765'],
    [redirectUri, 'https://walk.tunnel.example:8765'],
    ['http://walk.tunnel.example/cb', 'http://127.0.0.1:8765'],
    ['http://0.0.0.0:8765/cb', undefined],
  ])('%s at %s: nothing but loopback is listened to, and nothing but https comes from elsewhere', (uri, listenAt) => {
    expect(() => readRedirectUri(uri, listenAt)).toThrow('is not this machine')
  })
})
