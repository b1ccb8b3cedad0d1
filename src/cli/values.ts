import type { Parameter } from '../events.ts'
import { readRedirectUri, usableUrl } from '../io/redirect-uri.ts'
import { isSecure, parseUrl } from '../oauth/url.ts'
import { secretOnCommandLine, unsafeUrl, wrongValue } from './usage.ts'

/** Text from a flag or a prompt to the value that it stands for. All of them throw UsageError. */

export function choice<const Choice extends string>(flag: string, choices: readonly Choice[]) {
  return (text: string): Choice => {
    const chosen = choices.find((one) => one === text)
    if (chosen === undefined) throw wrongValue(flag, `one of ${choices.join(', ')}`, choices[0] ?? '')
    return chosen
  }
}

interface Bounds {
  from: number
  to: number
  example: number
}

/** A whole number between two bounds. */
export function number(flag: string, what: string, { from, to, example }: Bounds) {
  return (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= from && value <= to)) throw wrongValue(flag, `${what} from ${from} to ${to}`, String(example))
    return value
  }
}

const SECRET_PARAMETER = /^(client_secret|client_assertion|password)$/i

/** `name=value`, as often as the flag is given. */
export function parameter(flag: string) {
  return (text: string, before: Parameter[] = []): Parameter[] => {
    const at = text.indexOf('=')
    if (at < 1) throw wrongValue(flag, 'name=value', 'audience=https://api.example.com')
    const name = text.slice(0, at)
    if (SECRET_PARAMETER.test(name)) throw secretOnCommandLine(`${flag} ${name}`)
    return [...before, { name, value: text.slice(at + 1) }]
  }
}

/** `html=walk.html`, as often as the flag is given. Which formats there are, the registry knows. */
export function reportFile(text: string, before: { format: string; file: string }[] = []): { format: string; file: string }[] {
  const [, format, file] = /^([a-z]+)=(.+)$/s.exec(text) ?? []
  if (format === undefined || file === undefined) throw wrongValue('--report', 'format=file', 'markdown=walk.md')
  return [...before, { format, file }]
}

export function nonEmpty(flag: string, what: string, example: string) {
  return (text: string): string => {
    if (text.trim() === '') throw wrongValue(flag, what, example)
    return text
  }
}

/** https, or http on this machine: what goes there is worth stealing. Nothing hidden in front of the host. */
export function endpoint(flag: string) {
  return (text: string): string => {
    const url = parseUrl(text)
    if (!url) throw wrongValue(flag, 'a whole URL', 'https://as.example.com/endpoint')
    refuseUserinfo(flag, url)
    refuseFragment(flag, url)
    refuseInsecure(flag, url)
    return text
  }
}

/** The issuer identifier as it was typed (RFC 8414 2), or a metadata URL, told by its path. */
export function issuerOrMetadata(text: string): { issuer: string } | { metadataUrl: string } {
  const flag = 'issuer'
  const url = parseUrl(text)
  if (!url) throw wrongValue(flag, 'a whole URL', 'https://accounts.example.com')
  endpoint(flag)(text)
  if (url.pathname.includes('/.well-known/')) return { metadataUrl: text }
  if (text.includes('?')) {
    throw unsafeUrl(flag, 'an issuer has no query', `The host would be ${url.host}.`, 'RFC 8414 2')
  }
  return { issuer: text }
}

/** A URI that a code may be sent to. Whether somebody here can receive it is seen together with --listen. */
export function redirectUri(text: string): string {
  usableUrl(text)
  return text
}

/** A place on this machine. */
export function listen(text: string): string {
  readRedirectUri(text)
  return text
}

function refuseUserinfo(flag: string, url: URL): void {
  if (url.username === '' && url.password === '') return
  const means = `What stands before the @ is not the server: this one is ${url.host}.`
  throw unsafeUrl(flag, 'a user name or password in a URL is refused', means, 'RFC 3986 3.2.1, 7.6')
}

function refuseFragment(flag: string, url: URL): void {
  if (!url.href.includes('#')) return
  throw unsafeUrl(flag, 'a fragment (#) is refused', 'A fragment is never sent to a server.', 'RFC 6749 3.1, 3.1.2')
}

function refuseInsecure(flag: string, url: URL): void {
  if (isSecure(url)) return
  const means = 'Secrets, codes and tokens go over TLS, or to this machine and no further.'
  const happened = `${url.protocol}//${url.host} is neither https nor http on loopback`
  throw unsafeUrl(flag, happened, means, 'RFC 6749 3.1, 3.2')
}

/** A URL to fetch, or the path of a file. */
export function metadata(text: string): string {
  if (text.trim() === '') throw wrongValue('--metadata', 'a URL or a file', 'metadata.json')
  return isUrl(text) ? endpoint('--metadata')(text) : text
}

export function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(text)
}
