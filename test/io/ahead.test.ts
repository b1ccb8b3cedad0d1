import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createRequests } from '../../src/io/send.ts'
import { reply } from './servers.ts'

/** A server that answers every request, and does something of its own with each connection before that. */
async function server(greet: (socket: Socket, count: number) => unknown = () => {}) {
  const connections: Socket[] = []
  const listening = createServer((socket) => {
    greet(socket, connections.push(socket))
    socket.on('error', () => {}).on('data', () => socket.write(reply('{}')))
  }).listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    connections,
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}/token`,
    connected: async () => {
      while (connections.length === 0) await sleep(5)
      await sleep(50)
    },
    async [Symbol.asyncDispose]() {
      for (const socket of connections) socket.destroy()
      listening.close()
      await once(listening, 'close')
    },
  }
}

const request = (url: string) => ({ method: 'POST' as const, url, headers: [], parameters: [] })
const options = { signal: new AbortController().signal, timeout: 5 }

describe('a connection that is opened ahead', () => {
  test('carries one request', async () => {
    await using to = await server()
    using requests = createRequests(options)
    requests.approach(to.url)
    requests.approach(to.url)
    await to.connected()
    expect((await requests.send(request(to.url))).status).toBe(200)
    expect(to.connections).toHaveLength(1)
    expect((await requests.send(request(to.url))).status).toBe(200)
    expect(to.connections).toHaveLength(2)
  })

  test.each<[string, (socket: Socket) => unknown]>([
    ['says something before it is asked', (socket) => socket.write('HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n')],
    ['closes', (socket) => socket.end()],
    ['resets', (socket) => socket.resetAndDestroy()],
  ])('is not used where the server %s', async (_, greet) => {
    await using to = await server((socket, count) => count === 1 && greet(socket))
    using requests = createRequests(options)
    requests.approach(to.url)
    await to.connected()
    expect((await requests.send(request(to.url))).status).toBe(200)
    expect(to.connections).toHaveLength(2)
  })

  test('is not missed where nobody listens', async () => {
    const to = await server()
    await to[Symbol.asyncDispose]()
    using requests = createRequests(options)
    requests.approach(to.url)
    await sleep(50)
    await expect(requests.send(request(to.url))).rejects.toThrow(/./)
  })

  test('is closed with whoever opened it', async () => {
    await using to = await server()
    const requests = createRequests(options)
    requests.approach(to.url)
    await to.connected()
    requests[Symbol.dispose]()
    await expect.poll(() => to.connections.map(({ closed }) => closed)).toEqual([true])
  })

  test('is closed by the signal', async () => {
    await using to = await server()
    const controller = new AbortController()
    createRequests({ ...options, signal: controller.signal }).approach(to.url)
    await to.connected()
    controller.abort()
    await expect.poll(() => to.connections.map(({ closed }) => closed)).toEqual([true])
  })
})
