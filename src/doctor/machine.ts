import { firstAsked } from './network.ts'
import type { Probe } from './probe.ts'

const family = 'This machine'
const MACHINE = 8
/** Seconds by which a clock may be off before tokens seem too old or too new. */
const MOST_SKEW = 60

export const machineProbes: readonly Probe[] = [
  {
    id: 'machine-node',
    family,
    title: 'Node.js is recent enough',
    how: 'Node.js is asked for its version.',
    needs: ['network'],
    exit: MACHINE,
    run: async ({ senses: { machine } }) => ({ status: 'pass', found: `${machine.node}, ${machine.system}` }),
  },
  {
    id: 'machine-port',
    family,
    title: 'the port of redirect_uri is free',
    section: 'RFC 8252 7.3',
    how: 'The listener of a walk is opened at the redirect URI, on each family of addresses that it stands for, and closed again.',
    needs: ['network'],
    exit: MACHINE,
    async run({ settings: { redirectUri }, outside }) {
      await using listener = await outside.listen(redirectUri, outside.random(32))
      return { status: 'pass', found: listener ? redirectUri : '' }
    },
  },
  {
    id: 'machine-browser',
    family,
    title: 'a browser can be opened',
    section: 'RFC 8252 8.12',
    how: 'The environment is read: a display, an SSH session, WSL, a container. No browser is opened.',
    needs: ['network'],
    exit: MACHINE,
    async run({ senses: { machine: { browser, away } } }) {
      const where = away.length > 0 ? `you are here by ${away.join(' and ')}` : 'there is no display'
      if (browser) return { status: 'pass', found: away.length > 0 ? `yes, and ${where}` : 'yes', sure: 'probable' }
      return {
        status: 'warn',
        found: where,
        sure: 'probable',
        fix: 'Open the URL elsewhere and paste what the address bar shows at the end, or bring the port over with ssh -L.',
      }
    },
  },
  {
    id: 'machine-proxy',
    family,
    title: 'no proxy stands between this machine and the server',
    how: 'HTTPS_PROXY and NO_PROXY are read, as each request reads them. This machine itself is always asked directly.',
    needs: ['network'],
    exit: MACHINE,
    async run({ settings: { server }, senses: { machine: { proxies }, proxyTo } }) {
      const { url } = firstAsked(server)
      const proxy = url && proxyTo(url)
      const found = `requests to ${url?.host} go through ${proxy}`
      if (proxy !== undefined) return { status: 'warn', found, sure: 'certain', fix: `Where something fails below that works elsewhere, it may be its doing. NO_PROXY=${url?.hostname} asks directly, if this network allows it.` }
      if (proxies.length === 0) return { status: 'pass', found: 'none in the environment' }
      return { status: 'pass', found: `${proxies.join(', ')} in the environment, and not for this server` }
    },
  },
  {
    id: 'machine-clock',
    family,
    title: 'the clock agrees with the server’s',
    section: 'RFC 7519 4.1.4',
    how: 'The Date of the metadata response is held against this clock.',
    needs: ['network', 'metadata'],
    exit: MACHINE,
    async run({ documents, outside, settings: { clockSkew } }) {
      const date = (await documents()).flatMap(({ response }) => response?.headers ?? []).find(({ name }) => name.toLowerCase() === 'date')?.value
      const theirs = Date.parse(date ?? '')
      if (Number.isNaN(theirs)) return { status: 'undecided', found: 'the server sent no Date', fix: 'Compare the clock with another one.' }
      const off = Math.round((outside.now() - theirs) / 1000)
      const found = `${Math.abs(off)} s ${off < 0 ? 'behind' : 'ahead'}`
      if (Math.abs(off) <= MOST_SKEW) return { status: 'pass', found: Math.abs(off) < 2 ? 'to the second' : found }
      const status = Math.abs(off) > clockSkew ? 'fail' : 'warn'
      return { status, found, evidence: [`the server says ${date}`], sure: 'certain', fix: 'Set the clock of this machine, or that of the server if it is yours.' }
    },
  },
]
