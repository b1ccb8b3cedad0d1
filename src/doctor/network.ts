import { isIP } from 'node:net'
import { WalkError } from '../errors.ts'
import { ProxyRefused } from '../io/proxy.ts'
import type { TlsFacts } from '../io/tls-probe.ts'
import { hostAndPort, parseUrl } from '../oauth/url.ts'
import type { Settings } from '../settings.ts'
import type { Probe, Verdict } from './probe.ts'

const family = 'Network'
const NETWORK = 6
const DAY = 86_400_000
const SOON = 14
const SECTION = 'RFC 9110 4.3.4'

export const networkProbes: readonly Probe[] = [
  {
    id: 'network-dns',
    family,
    title: 'the host has an address',
    how: 'The name is looked up, IPv4 and IPv6. Behind a proxy the proxy does that.',
    needs: ['network'],
    exit: NETWORK,
    async run({ settings: { server }, senses }) {
      const { url, host } = firstAsked(server)
      if (isIP(host)) return { status: 'pass', found: `${host} is one` }
      const proxy = url && senses.proxyTo(url)
      return senses.resolve(host).then(
        (addresses): Verdict => ({ status: 'pass', found: addresses.slice(0, 3).join(', ') }),
        (error: unknown): Verdict => (proxy === undefined ? nameless(host, error) : { status: 'undecided', found: `not here (${codeOf(error)}): the proxy ${proxy} looks it up`, fix: 'The handshake below decides: it goes through the proxy.' }),
      )
    },
  },
  {
    id: 'network-tcp',
    family,
    title: 'somebody answers on the port',
    how: 'A connection is opened and closed, to the server or to the proxy before it.',
    needs: ['network'],
    exit: NETWORK,
    async run({ settings: { server }, senses }) {
      const { url, host, port } = firstAsked(server)
      if (!url) return undefined
      const proxy = senses.proxyTo(url)
      const name = proxy === undefined ? `${host}:${port}` : `the proxy ${proxy}`
      const unused = senses.machine.proxies.filter((variable) => !/^(HTTPS|NO)_/.test(variable))
      return senses.connect(url).then(
        (milliseconds): Verdict => ({ status: 'pass', found: `${name}, ${milliseconds} ms` }),
        (error: unknown): Verdict => ({
          status: 'fail',
          found: `nobody answers at ${name} (${codeOf(error)})`,
          evidence: [proxy === undefined ? 'the connection was refused or never answered' : 'HTTPS_PROXY in the environment names it', ...unused.map((variable) => `${variable} is set and not used: this program reads HTTPS_PROXY`)],
          fix: proxy === undefined ? 'Look whether the server runs, whether host and port are right, and whether a firewall stands between.' : 'Look whether host and port in HTTPS_PROXY are right.',
          sure: 'certain',
        }),
      )
    },
  },
  {
    id: 'network-tls',
    family,
    title: 'TLS holds, and the certificate is for this host',
    section: SECTION,
    how: 'A handshake, through the proxy where there is one. Chain, names and dates of the certificate are shown, and nothing is sent after it.',
    needs: ['network', 'https'],
    exit: NETWORK,
    async run({ settings: { server }, senses, outside }) {
      const { url } = firstAsked(server)
      if (!url) return undefined
      const facts = await senses.handshake(url).catch((error: unknown) => error)
      if (!isTlsFacts(facts)) return noHandshake(facts, senses.proxyTo(url))
      const days = Math.floor((facts.validTo - outside.now()) / DAY)
      const shown = [`certificate: ${facts.subject}, signed by ${facts.issuer}`, `chain: ${facts.chain.join(' > ')}`, `valid until ${new Date(facts.validTo).toISOString().slice(0, 10)}`]
      if (facts.refusal !== undefined) return refused(facts.refusal, shown, facts.names)
      if (days < SOON) return { status: 'warn', found: `the certificate ends in ${days} days`, evidence: shown, sure: 'certain', fix: 'Renew the certificate of the server.' }
      return { status: 'pass', found: `${facts.protocol}, signed by ${facts.issuer}, ${days} days left` }
    },
  },
  {
    id: 'network-portal',
    family,
    title: 'nobody answers in the server’s place',
    section: 'RFC 8910 1',
    how: 'The metadata response is looked at: a redirect to another host, or a web page, was written by somebody else.',
    needs: ['network', 'metadata'],
    exit: NETWORK,
    async run({ documents }) {
      const [first] = (await documents()).flatMap(({ url, response }) => (response ? [{ url, response }] : []))
      if (!first) return undefined
      const location = first.response.headers.find(({ name }) => name.toLowerCase() === 'location')?.value
      const type = first.response.headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? ''
      const target = location === undefined ? undefined : parseUrl(URL.canParse(location, first.url) ? new URL(location, first.url).href : '')
      if (target && target.host !== new URL(first.url).host) {
        return { status: 'fail', found: `the request was sent on to ${target.host}`, evidence: [`${first.url} answers with ${first.response.status}`], sure: 'probable', fix: 'Log in to the network in a browser, or name the server’s present address.' }
      }
      if (first.response.status === 200 && type.includes('html')) {
        return { status: 'warn', found: 'a web page came where JSON was due', evidence: [`Content-Type: ${type}`], sure: 'possible', fix: 'Open the address in a browser: a login page of the network, or a wrong issuer.' }
      }
      return { status: 'pass', found: 'the host itself', sure: 'probable' }
    },
  },
]

function nameless(host: string, error: unknown): Verdict {
  return {
    status: 'fail',
    found: `${host} could not be found (${codeOf(error)})`,
    evidence: ['DNS gives no address for this name'],
    fix: 'Look for a typo in the host name, and whether the name exists inside a company network alone.',
    sure: 'certain',
  }
}

function noHandshake(error: unknown, proxy: string | undefined): Verdict {
  if (error instanceof WalkError) throw error
  if (error instanceof ProxyRefused) {
    return { status: 'fail', found: `the proxy ${proxy} opens no way (${error.status})`, evidence: ['it was asked by CONNECT, and nothing has reached the server'], fix: error.status === 407 ? 'HTTPS_PROXY=http://user:password@host:port; it is never shown here.' : 'Ask whoever runs the proxy to let this host through.', sure: 'certain' }
  }
  return { status: 'fail', found: `no handshake (${codeOf(error)})`, fix: 'Look whether this port speaks TLS: a server on this machine may be http.', sure: 'probable' }
}

function isTlsFacts(facts: unknown): facts is TlsFacts {
  return typeof facts === 'object' && facts !== null && 'validTo' in facts
}

function refused(code: string, shown: readonly string[], names: string): Verdict {
  const known = REFUSALS.find(({ codes }) => codes.test(code))
  return {
    status: 'fail',
    found: known?.found ?? `the certificate is refused (${code})`,
    evidence: [...shown, ...(known?.names ? [`its names: ${names}`] : []), `Node.js calls it ${code}`],
    fix: known?.fix ?? 'Show the chain above to whoever runs the server.',
    sure: 'certain',
  }
}

const REFUSALS: readonly { codes: RegExp; found: string; fix: string; names?: true }[] = [
  { codes: /EXPIRED/, found: 'the certificate has expired, by the clock of this machine', fix: 'Renew the certificate, or set the clock.' },
  { codes: /NOT_YET_VALID/, found: 'the certificate is not valid yet, by the clock of this machine', fix: 'Set the clock of this machine.' },
  { codes: /ALTNAME|HOSTNAME/, found: 'the certificate is for another host', fix: 'Use a name that it is made for.', names: true },
  { codes: /DEPTH_ZERO_SELF_SIGNED/, found: 'the certificate is self-signed', fix: 'If the server is yours, name its certificate with --ca.' },
  { codes: /SELF_SIGNED_CERT_IN_CHAIN/, found: 'it was signed by an authority that is not known here', fix: 'A company’s proxy signs so: name its certificate with --ca. If there is none, somebody reads along.' },
  { codes: /UNABLE_TO/, found: 'the chain has no end that is known here', fix: 'Name the authority with --ca; a public server has to send the certificates in between.' },
]

/** Where the first request goes. */
export function firstAsked(server: Settings['server']): { url?: URL; host: string; port: number } {
  const url = parseUrl(server.metadataUrl ?? server.issuer ?? server.endpoints.token ?? '')
  return url ? { url, ...hostAndPort(url) } : { host: '', port: 0 }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : error instanceof Error ? error.name : 'no reason given'
}
