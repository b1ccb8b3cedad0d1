import { BlockList, isIP } from 'node:net'

/** An absolute URL, or undefined. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

/** Loopback by its name or literal, RFC 8252 7.3. The WHATWG parser has made one spelling of them all. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || matches(LOOPBACK, url)
}

/** A name or address that no public server has: loopback, link-local, private, unspecified. */
export function isPrivate(url: URL): boolean {
  return isLoopback(url) || /(^|\.)localhost\.?$/.test(url.hostname) || matches(PRIVATE, url)
}

/** https, or http to this machine, where the request never leaves it. */
export function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}

/** `host:port` of an origin with its port always written. */
export function hostAndPort(url: URL): { host: string; port: number } {
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)) }
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8)
LOOPBACK.addAddress('::1', 'ipv6')

const PRIVATE = new BlockList()
PRIVATE.addSubnet('0.0.0.0', 8)
PRIVATE.addSubnet('10.0.0.0', 8)
PRIVATE.addSubnet('100.64.0.0', 10)
PRIVATE.addSubnet('169.254.0.0', 16)
PRIVATE.addSubnet('172.16.0.0', 12)
PRIVATE.addSubnet('192.168.0.0', 16)
PRIVATE.addSubnet('fc00::', 7, 'ipv6')
PRIVATE.addSubnet('fe80::', 10, 'ipv6')
PRIVATE.addAddress('::', 'ipv6')

function matches(list: BlockList, url: URL): boolean {
  const { host } = hostAndPort(url)
  const family = isIP(host)
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4')
}
