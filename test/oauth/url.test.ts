import { describe, expect, test } from 'vitest'
import { hostAndPort, isLoopback, isPrivate, isSecure, parseUrl } from '../../src/oauth/url.ts'

/** Host, loopback, private. */
const hosts: readonly (readonly [host: string, loopback: boolean, inside: boolean])[] = [
  ['localhost', true, true],
  ['127.0.0.1', true, true],
  ['127.255.255.254', true, true],
  ['[::1]', true, true],
  ['0x7f.1', true, true],
  ['2130706433', true, true],
  ['[::ffff:127.0.0.1]', true, true],
  ['126.255.255.255', false, false],
  ['128.0.0.1', false, false],
  ['[::2]', false, false],
  ['app.localhost', false, true],
  ['localhost.', false, true],
  ['notlocalhost', false, false],
  ['localhost.example.com', false, false],
  ['0.0.0.0', false, true],
  ['1.0.0.0', false, false],
  ['10.0.0.0', false, true],
  ['10.255.255.255', false, true],
  ['11.0.0.0', false, false],
  ['9.255.255.255', false, false],
  ['100.63.255.255', false, false],
  ['100.64.0.0', false, true],
  ['100.127.255.255', false, true],
  ['100.128.0.0', false, false],
  ['169.254.169.254', false, true],
  ['169.253.255.255', false, false],
  ['169.255.0.0', false, false],
  ['172.15.255.255', false, false],
  ['172.16.0.0', false, true],
  ['172.31.255.255', false, true],
  ['172.32.0.0', false, false],
  ['192.167.255.255', false, false],
  ['192.168.0.0', false, true],
  ['192.169.0.0', false, false],
  ['[fbff::1]', false, false],
  ['[fc00::1]', false, true],
  ['[fdff::1]', false, true],
  ['[fe00::1]', false, false],
  ['[fe80::1]', false, true],
  ['[febf::1]', false, true],
  ['[fec0::1]', false, false],
  ['[::]', false, true],
  ['as.example.com', false, false],
  ['10.example.com', false, false],
]

describe('where a URL leads', () => {
  test.each(hosts)('%s', (host, loopback, inside) => {
    const url = new URL(`http://${host}/`)
    expect([isLoopback(url), isPrivate(url)]).toEqual([loopback, inside])
    expect(isSecure(url)).toBe(loopback)
    expect(isSecure(new URL(`https://${host}/`))).toBe(true)
    expect(isSecure(new URL(`ftp://${host}/`))).toBe(false)
  })

  test.each([
    ['https://as.example/x', { host: 'as.example', port: 443 }],
    ['http://as.example/x', { host: 'as.example', port: 80 }],
    ['https://as.example:8443', { host: 'as.example', port: 8443 }],
    ['http://[::1]:80/', { host: '::1', port: 80 }],
    ['http://[fe80::1]:8765/', { host: 'fe80::1', port: 8765 }],
  ])('host and port of %s', (text, place) => {
    expect(hostAndPort(new URL(text))).toEqual(place)
  })

  test.each(['', '/x', 'as.example', 'http://', '//as.example', 'http://a b/'])('%j is no absolute URL', (text) => {
    expect(parseUrl(text)).toBeUndefined()
  })

  test.each(['javascript:alert(1)', 'data:,x', 'file:///etc/passwd', 'ws://localhost/'])('%s is not secure', (text) => {
    expect(isSecure(new URL(text))).toBe(false)
  })
})
