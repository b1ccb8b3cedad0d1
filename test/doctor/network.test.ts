import { afterEach, describe, expect, test, vi } from 'vitest'
import { contextOf } from '../../src/doctor/context.ts'
import { examination, type Result } from '../../src/doctor/examination.ts'
import { machineProbes } from '../../src/doctor/machine.ts'
import { networkProbes } from '../../src/doctor/network.ts'
import { createOutside } from '../../src/io/outside.ts'
import { createSenses } from '../../src/io/senses.ts'
import { pem, rawServer, rawTlsServer, reply, tunnelTo } from '../io/servers.ts'
import { freePort } from '../support/port.ts'
import { settingsFor } from './examine.ts'

/** A name that only the proxy can find. */
const ISSUER = 'https://other.example'
const { signal } = new AbortController()

/** The probes of the way to a server that is asked through a proxy, by id. */
async function examined(proxy: string): Promise<(id: string) => Result | undefined> {
  const env = { HTTPS_PROXY: proxy }
  for (const name of ['https_proxy', 'NO_PROXY', 'no_proxy']) vi.stubEnv(name, undefined)
  vi.stubEnv('HTTPS_PROXY', proxy)
  const bounds = { signal, timeout: 5, ca: pem('ca') }
  await using outside = createOutside({ ...bounds, wait: 1, browser: async () => {} })
  const senses = { ...createSenses({ ...bounds, env }), resolve: () => Promise.reject(Object.assign(new Error('no name'), { code: 'ENOTFOUND' })) }
  const settings = settingsFor(ISSUER, { id: 'client' }, 'http://127.0.0.1:1/callback')
  const context = contextOf({ settings, outside, senses, offline: false, wrongSecret: false })
  const results: Result[] = []
  const proxyProbe = machineProbes.filter(({ id }) => id === 'machine-proxy')
  for await (const result of examination([...proxyProbe, ...networkProbes], context)) results.push(result)
  return (id) => results.find((result) => result.id === id)
}

afterEach(() => vi.unstubAllEnvs())

describe('where a proxy stands between', () => {
  test('name, port and certificate are looked at through it, and nothing fails that a walk would not', async () => {
    await using server = await rawTlsServer({ key: pem('key'), cert: pem('other-host') }, (socket) => socket.end(reply('{}')))
    await using proxy = await tunnelTo(server.port)
    const of = await examined(`http://walker:canary-4711@127.0.0.1:${proxy.port}`)
    expect(of('machine-proxy')).toMatchObject({ status: 'warn', sure: 'certain', found: `requests to other.example go through 127.0.0.1:${proxy.port}` })
    expect(of('network-dns')).toMatchObject({ status: 'undecided' })
    expect(of('network-tcp')).toMatchObject({ status: 'pass', found: expect.stringContaining(`the proxy 127.0.0.1:${proxy.port}`) })
    expect(of('network-tls')?.found).toMatch(/^TLSv1/)
    expect(of('network-tls')?.status).not.toBe('fail')
    expect(proxy.received.filter((text) => text !== '' && !text.startsWith('CONNECT other.example:443'))).toEqual([])
    expect(JSON.stringify(['machine-proxy', 'network-dns', 'network-tcp', 'network-tls'].map(of))).not.toContain('4711')
  })

  test('one that refuses, and one that is not there', async () => {
    await using proxy = await rawServer((socket) => void socket.end('HTTP/1.1 407 Who are you\r\ncontent-length: 0\r\n\r\n'))
    expect((await examined(`http://127.0.0.1:${proxy.port}`))('network-tls')).toMatchObject({ status: 'fail', sure: 'certain', found: `the proxy 127.0.0.1:${proxy.port} opens no way (407)` })
    const port = await freePort()
    const of = await examined(`http://127.0.0.1:${port}`)
    expect(of('network-tcp')).toMatchObject({ status: 'fail', found: `nobody answers at the proxy 127.0.0.1:${port} (ECONNREFUSED)` })
  })

  test('a variable that names none is the first thing to be told', async () => {
    expect((await examined('socks5://127.0.0.1:1'))('machine-proxy')).toMatchObject({ status: 'fail', exit: 2, found: expect.stringContaining('HTTPS_PROXY') })
  })
})
