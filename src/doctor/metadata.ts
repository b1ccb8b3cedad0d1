import { metadataChecks } from '../checks/metadata.ts'
import { WalkError } from '../errors.ts'
import { ENDPOINTS } from '../oauth/metadata.ts'
import { isSecure, parseUrl } from '../oauth/url.ts'
import { probeOf } from './checked.ts'
import { metadataInput } from './documents.ts'
import { shownDifference } from './difference.ts'
import type { Context, Probe, Verdict } from './probe.ts'

const family = 'Metadata'
const MALFORMED = 5
/** RFC 9110 15.5.20: the host is there, and not by this name. */
const MISDIRECTED = 421
const OTHER_NAME = 'The server goes by another host name, and knows which: localhost and 127.0.0.1 are two names too.'
const DISCOVERY = 'OpenID Connect Discovery 4'

const fetched: readonly Probe[] = [
  {
    id: 'metadata-document',
    family,
    title: 'the server publishes its metadata',
    section: DISCOVERY,
    how: 'OpenID Connect and RFC 8414 put the well-known path in two places of the issuer’s URL. Both are asked, side by side.',
    needs: ['metadata'],
    exit: MALFORMED,
    async run({ documents }) {
      const all = await documents()
      const found = all.filter(({ object }) => object !== undefined)
      if (found.length > 0) return { status: 'pass', found: found.map(({ url }) => parseUrl(url)?.pathname ?? url).join(' and ') }
      const broken = all.find(({ response }) => response?.status === 200)
      const [failed] = all.flatMap(({ failure }) => failure ?? [])
      return {
        status: 'fail',
        found: failed?.explanation.happened ?? (broken ? `what comes is no metadata: ${broken.problem}` : 'there is no metadata at the addresses that belong to this issuer'),
        evidence: all.map(({ url, problem }) => `${url}: ${problem}`),
        fix: failed?.explanation.tries[0] ?? (all.some(({ response }) => response?.status === MISDIRECTED) ? OTHER_NAME : 'Look whether the issuer is whole: a realm, a tenant or a version may be missing. A server without metadata is named by --authorization-endpoint and --token-endpoint.'),
        sure: 'certain',
        ...(failed === undefined ? {} : { exit: failed.exit }),
      }
    },
  },
  {
    id: 'metadata-forms',
    family,
    title: 'both forms of its address say the same',
    section: 'RFC 8414 5',
    how: 'Issuer and endpoints of the two documents are held against each other.',
    needs: ['network', 'issuer'],
    exit: MALFORMED,
    async run({ documents }) {
      const [one, other] = (await documents()).flatMap(({ url, object }) => (object ? [{ url, object }] : []))
      if (!one || !other) return undefined
      const differing = ['issuer', ...ENDPOINTS].filter((name) => one.object[name] !== undefined && other.object[name] !== undefined && one.object[name] !== other.object[name])
      if (differing.length === 0) return { status: 'pass', found: 'in every endpoint' }
      return { status: 'warn', found: `they differ in ${differing.join(', ')}`, evidence: [one.url, other.url], sure: 'certain', fix: 'Ask whoever runs this server which of the two is right, and name it with --metadata.' }
    },
  },
]

/** What tells two issuers apart, in words. */
function nameOfDifference(asked: string, found: string): string {
  if (asked.replace(/\/$/, '') === found.replace(/\/$/, '')) return 'the slash at the end'
  if (asked.toLowerCase() === found.toLowerCase()) return 'the case of a letter'
  if (asked.replace(/^https?:/, '') === found.replace(/^https?:/, '')) return 'the scheme'
  if (parseUrl(asked)?.host !== parseUrl(found)?.host) return 'the host'
  return 'the path'
}

const judged: readonly Probe[] = metadataChecks.map((check) => {
  const probe = probeOf(check, {
    family,
    needs: ['metadata'],
    input: async ({ document, settings }) => metadataInput(await document(), settings),
  })
  return check.id === 'metadata-issuer' ? { ...probe, run: compareIssuers } : probe
})

async function compareIssuers({ document, settings: { server } }: Context): Promise<Verdict | undefined> {
  const { issuer } = await document()
  if (server.issuer === undefined || typeof issuer !== 'string') return undefined
  if (issuer === server.issuer) return { status: 'pass', found: issuer }
  const sameHost = parseUrl(issuer)?.host === parseUrl(server.issuer)?.host
  return {
    status: 'fail',
    found: `another issuer is here: ${nameOfDifference(server.issuer, issuer)} differs`,
    evidence: shownDifference(server.issuer, issuer, ['asked', 'its own']),
    fix: sameHost ? `authwalk … ${issuer}` : 'Look whether this is the server that you mean: it says that it is another one.',
    sure: 'certain',
  }
}

/** How each endpoint is asked who is there, without a client and without parameters. */
const reached: readonly Probe[] = ([
  ['authorization_endpoint', 'GET'],
  ['token_endpoint', 'POST'],
  ['userinfo_endpoint', 'GET'],
  ['revocation_endpoint', 'POST'],
  ['introspection_endpoint', 'POST'],
  ['pushed_authorization_request_endpoint', 'POST'],
  ['end_session_endpoint', 'GET'],
] as const).map(([member, method]): Probe => ({
  id: `endpoint-${member.replace(/_endpoint$/, '').replaceAll('_', '-')}`,
  family,
  title: `${member} answers`,
  section: 'RFC 8414 2',
  how: `A ${method} without a parameter, without a client and without a secret. Any answer will do that is not 404, 405 or a failure of the server.`,
  needs: ['network'],
  exit: MALFORMED,
  run: (context) => answerOf(member, method, context),
}))

async function answerOf(member: string, method: 'GET' | 'POST', { document, metadata, outside }: Context): Promise<Verdict | undefined> {
  await metadata()
  const url = (await document())[member]
  const target = typeof url === 'string' ? parseUrl(url) : undefined
  if (typeof url !== 'string' || !target || !isSecure(target)) return undefined
  const needed = member === 'authorization_endpoint' || member === 'token_endpoint'
  try {
    const { status } = await outside.send({ method, url, headers: [], parameters: [] })
    if (status < 500 && status !== 404 && status !== 405) return { status: 'pass', found: `status ${status}` }
    return {
      status: needed ? 'fail' : 'warn',
      found: `status ${status}`,
      evidence: [url],
      fix: status >= 500 ? 'Look into the server’s log.' : 'Compare this endpoint with the provider’s documentation: it may have moved.',
      sure: needed && status === 404 ? 'probable' : 'possible',
    }
  } catch (error) {
    if (!(error instanceof WalkError)) throw error
    const { happened, tries: [fix] } = error.explanation
    return { status: needed ? 'fail' : 'warn', found: happened, evidence: [url], sure: 'certain', exit: error.exit, ...(fix === undefined ? {} : { fix }) }
  }
}

export const metadataProbes: readonly Probe[] = [...fetched, ...judged, ...reached]
