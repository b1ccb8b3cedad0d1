import { diagnose, findRule } from '../diagnosis/diagnose.ts'
import { backOf, errorIn, land, type Landing } from './landing.ts'
import type { Context, Probe, Verdict } from './probe.ts'
import { judgeResponseMode } from './response-mode.ts'

const family = 'Authorization request'
const ANSWERED = 3
const REFUSED = 4

/** All of these read answers that come back to redirect_uri: without that there is nothing to read. */
export const requestProbes: readonly Probe[] = [
  {
    id: 'request-par',
    family,
    title: 'the request need not be pushed beforehand',
    section: 'RFC 9126 5',
    how: 'The metadata is read: require_pushed_authorization_requests.',
    needs: ['metadata'],
    exit: ANSWERED,
    async run({ document }) {
      const found = await document()
      if (found['pushed_authorization_request_endpoint'] === undefined) return undefined
      if (found['require_pushed_authorization_requests'] !== true) return { status: 'pass', found: 'PAR is offered, not required' }
      return { status: 'fail', found: 'the server takes pushed requests alone (PAR)', evidence: ['require_pushed_authorization_requests is true'], fix: 'Allow plain requests for this client: this program pushes none.', sure: 'certain' }
    },
  },
  {
    id: 'request-accepted',
    family,
    title: 'the server takes the request as it is',
    section: 'RFC 6749 4.1.2.1',
    how: 'The answer to the authorization request with prompt=none is read. login_required says that nothing else is wrong.',
    needs: ['network'],
    exit: ANSWERED,
    async run(context) {
      const ours = await backOf(context)
      const { error, text } = errorIn(ours)
      if (error === undefined) return { status: 'pass', found: 'it answers without an error, and without a login' }
      const rule = findRule({ at: 'authorization', error, text })
      if (rule?.about === 'session') return { status: 'pass', found: `${error}: nobody is logged in, and nothing else is wrong`, sure: 'certain' }
      if (rule?.about === 'scope' || rule?.about === 'pkce') return undefined
      const { means, causes, tries: [fix] } = diagnose({ at: 'authorization', error, text }, { settings: context.settings, metadata: await context.metadata() })
      const evidence = [means, ...causes.slice(0, 2).map(({ says, evidence: seen }) => (seen === undefined ? says : `${says}: ${seen}`))]
      return { status: 'fail', found: `${error}: ${text.slice(0, 100) || means}`, evidence, sure: 'probable', ...(fix === undefined ? {} : { fix }) }
    },
  },
  {
    id: 'request-scope',
    family,
    title: 'every scope may be asked for',
    section: 'RFC 6749 3.3',
    how: 'Where the answer speaks of the scope, each scope is asked for alone.',
    needs: ['network'],
    exit: ANSWERED,
    async run(context) {
      const ours = await backOf(context)
      const asked = context.settings.scope.split(' ').filter(Boolean)
      if (asked.length === 0) return undefined
      if (!isAbout(ours, 'scope')) return { status: 'pass', found: asked.join(' ') }
      const openid = asked.includes('openid') ? ['openid'] : []
      const single = asked.filter((scope) => scope !== 'openid')
      const answers = await Promise.all(single.map((scope) => land(context, { scope: [...openid, scope].join(' ') })))
      const refused = single.filter((_, index) => { const answer = answers[index]; return answer !== undefined && isAbout(answer, 'scope') })
      const rest = asked.filter((scope) => !refused.includes(scope)).join(' ')
      return {
        status: 'fail',
        found: refused.length > 0 ? `${refused.join(', ')} is refused` : 'the scopes are refused together, not one by one',
        evidence: [`it says: ${errorIn(ours).text || 'invalid_scope'}`, 'each scope was asked for alone'],
        fix: refused.length > 0 ? `authwalk … --scope "${rest}"` : 'Walk with --scope openid, then add one scope at a time.',
        sure: refused.length > 0 ? 'certain' : 'possible',
      }
    },
  },
  {
    id: 'request-pkce',
    family,
    title: 'PKCE is understood',
    section: 'RFC 9700 2.1.1',
    how: 'The authorization request is sent as it is, and with a code_challenge_method that nobody knows. A server that takes the second does not look at PKCE.',
    needs: ['network'],
    exit: ANSWERED,
    run: judgePkce,
  },
  {
    id: 'request-iss',
    family,
    title: 'iss is in the answer, as the metadata says',
    section: 'RFC 9207 2.3',
    how: 'iss in the answer is held against the issuer and against what the metadata promises.',
    needs: ['network'],
    exit: REFUSED,
    async run(context) {
      const ours = await backOf(context)
      const { issuer, authorization_response_iss_parameter_supported: promised } = await context.metadata()
      const iss = ours.parameters.find(({ name }) => name === 'iss')?.value
      if (iss === undefined && !promised) return undefined
      if (iss === undefined) return { status: 'fail', found: 'iss is promised, and not there', fix: 'Ask whoever runs this server: its metadata promises iss. The walk will stop there.', sure: 'certain' }
      if (issuer !== undefined && iss !== issuer) return { status: 'fail', found: `iss is ${iss}`, evidence: [`the issuer is ${issuer}`], fix: 'Ask whoever runs this server: the walk will take it for a mix-up.', sure: 'certain' }
      if (!promised) return { status: 'warn', found: 'there, and the metadata does not say so', fix: 'A client can’t count on it before the metadata promises it.', sure: 'certain' }
      return { status: 'pass', found: iss }
    },
  },
  {
    id: 'request-state',
    family,
    title: 'state comes back',
    section: 'RFC 6749 4.1.2.1',
    how: 'The answer has to carry the state that was sent.',
    needs: ['network'],
    exit: REFUSED,
    async run(context) {
      const { parameters } = await backOf(context)
      if (parameters.some(({ name }) => name === 'state')) return { status: 'pass', found: 'it does' }
      return { status: 'fail', found: 'state is not in the answer', fix: 'Ask whoever runs this server: without state no answer can be believed.', sure: 'certain' }
    },
  },
  {
    id: 'request-response-mode',
    family,
    title: 'the answer comes in the way that was asked for',
    section: 'OAuth 2.0 Multiple Response Types 2.1',
    how: 'The authorization request is sent with response_mode=query, fragment and form_post. What comes is held against the metadata.',
    needs: ['metadata'],
    exit: REFUSED,
    run: judgeResponseMode,
  },
]

async function judgePkce(context: Context): Promise<Verdict> {
  const { pkce } = context.settings
  const ours = await backOf(context)
  const listed = (await context.metadata()).code_challenge_methods_supported
  if (isAbout(ours, 'pkce')) {
    return {
      status: 'fail',
      found: pkce === 'none' ? 'the server requires PKCE, and it is switched off' : `${pkce} is refused`,
      evidence: [`it says: ${errorIn(ours).text}`],
      fix: pkce === 'S256' ? `The metadata lists ${listed?.join(', ') ?? 'nothing'}: look which method the client is registered for.` : 'authwalk … --pkce S256',
      sure: 'certain',
    }
  }
  const nonsense = await land(context, { code_challenge: context.outside.random(32), code_challenge_method: 'made-up' })
  const understood = nonsense.kind !== 'back' || isAbout(nonsense, 'pkce') || errorIn(nonsense).error === 'invalid_request'
  if (understood) return { status: 'pass', found: 'a made-up method is refused', sure: 'probable' }
  return {
    status: 'warn',
    found: 'a made-up method is taken',
    evidence: [listed ? `although the metadata lists ${listed.join(', ')}` : 'and the metadata says nothing of PKCE'],
    fix: 'Take it that this server ignores PKCE: state and nonce have to protect the login. A walk with a wrong code_verifier would prove it.',
    sure: 'possible',
  }
}

function isAbout(landing: Landing, subject: 'scope' | 'pkce'): boolean {
  const { error, text } = errorIn(landing)
  return landing.kind === 'back' && error !== undefined && findRule({ at: 'authorization', error, text })?.about === subject
}
