import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { makeCertificate, requirePair } from '../../src/io/certificate.ts'
import { pem } from './servers.ts'

test('it is for the names of this machine, for two days, for servers, and signed by its own key', () => {
  const now = Date.UTC(2026, 0, 31, 12)
  const certificate = new X509Certificate(makeCertificate(now).cert)
  expect([certificate.checkHost('localhost'), certificate.checkIP('127.0.0.1'), certificate.checkIP('::1')]).toEqual(['localhost', '127.0.0.1', '::1'])
  expect(certificate.checkHost('example.com')).toBeUndefined()
  expect([Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]).toEqual([Date.UTC(2026, 0, 30, 12), Date.UTC(2026, 1, 1, 12)])
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1'])
})

test('no two are alike', () => {
  const [one, other] = [makeCertificate(Date.now()), makeCertificate(Date.now())]
  expect(one.key).not.toBe(other.key)
  expect(new X509Certificate(one.cert).serialNumber).not.toBe(new X509Certificate(other.cert).serialNumber)
})

test.each(['127.0.0.1', '::1', 'localhost'])('TLS that trusts it accepts it for %s', async (name) => {
  const tls = makeCertificate(Date.now())
  const server = createServer(tls).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, ca: tls.cert, servername: name === 'localhost' ? name : '', checkServerIdentity: (_, cert) => (new X509Certificate(cert.raw).checkHost(name) ?? new X509Certificate(cert.raw).checkIP(name) ? undefined : new Error(name)) })
  await once(socket, 'secureConnect')
  expect(socket.authorized).toBe(true)
  socket.destroy()
  server.close()
})

test.each([
  ['a certificate and its key', { cert: pem('localhost'), key: pem('key') }, true],
  ['one made on the spot', makeCertificate(Date.now()), true],
  ['the key of another', { cert: pem('localhost'), key: makeCertificate(Date.now()).key }, false],
  ['no certificate', { cert: 'x', key: pem('key') }, false],
  ['no key', { cert: pem('localhost'), key: pem('localhost') }, false],
])('--cert and --key: %s', (_, pair, fits) => {
  let refused: unknown
  try {
    requirePair(pair)
  } catch (error) {
    refused = error
  }
  expect(refused instanceof UsageError).toBe(!fits)
})
