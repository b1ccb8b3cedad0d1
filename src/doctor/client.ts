import { diagnose } from '../diagnosis/diagnose.ts'
import { chooseMethod, clientAuthenticationMethods, formEncode } from '../oauth/client-authentication.ts'
import type { Attempt, Clients } from './client-attempts.ts'
import type { Context, Probe, Verdict } from './probe.ts'
import { readLandings, ruleOf } from './redirect.ts'

const family = 'Client authentication'
const ANSWERED = 3

export const clientProbes: readonly Probe[] = [
  {
    id: 'client-secret',
    family,
    title: 'the server believes this client',
    section: 'RFC 6749 2.3.1',
    how: 'A token request with a made-up code. A server that complains about the code has believed the client; one that says invalid_client has not. The other methods are tried where the first is refused, each once, and a made-up client shows what a stranger gets.',
    needs: ['network'],
    exit: ANSWERED,
    sideEffect: 'a token request with a made-up code for each method; with --probe-secret one with a made-up secret, which counts as a failed login at some providers',
    run: async (context) => judgeSecret(await context.clients(), context),
  },
  {
    id: 'client-grant',
    family,
    title: 'this client may redeem codes',
    section: 'RFC 6749 5.2',
    how: 'The same answer: unauthorized_client says that this client may not use the Authorization Code grant.',
    needs: ['network'],
    exit: ANSWERED,
    async run(context) {
      const attempt = (await context.clients()).ours.at(-1)
      if (attempt?.rule?.about !== 'flow') return undefined
      const { means, tries: [fix] } = diagnose({ at: 'token', error: attempt.error, text: attempt.text }, { settings: context.settings })
      return { status: 'fail', found: attempt.error ?? 'no', evidence: [means], sure: 'probable', ...(fix === undefined ? {} : { fix }) }
    },
  },
]

async function judgeSecret(clients: Clients, context: Context): Promise<Verdict> {
  const { settings: { client } } = context
  const { token_endpoint_auth_methods_supported: listed } = await context.metadata()
  const chosen = chooseMethod(client, listed)
  const last = clients.ours.at(-1)
  if (!last) return { status: 'undecided', found: 'nothing was tried' }
  if (last.accepted === true && last.method === chosen) return accepted(clients, last)
  if (last.accepted === true) return otherMethod(clients, last, chosen, context)
  if (last.issued) {
    return { status: 'fail', found: 'tokens came for a code that was made up', fix: 'Use this server for tests alone: it lets everybody in.', sure: 'certain' }
  }
  if (PADDED.test(client.secret ?? '')) return padded(last)
  if (last.accepted === undefined) return unclear(last)
  return refused(clients, last, context)
}

function accepted({ wrongSecret, stranger }: Clients, { method }: Attempt): Verdict {
  if (wrongSecret?.accepted === true || (wrongSecret === undefined && stranger.accepted === true)) {
    return {
      status: 'undecided',
      found: 'made-up credentials get the same answer',
      evidence: ['this server looks at the code before it looks at the client'],
      fix: 'A walk decides: it sends the secret together with a code that is good.',
      sure: 'certain',
    }
  }
  const public_ = method === 'none'
  return { status: 'pass', found: `${method}${public_ ? ', a public client' : ''}: it complains about the code alone`, sure: wrongSecret ? 'certain' : 'probable' }
}

function otherMethod({ ours }: Clients, { method }: Attempt, chosen: string, { settings: { client } }: Context): Verdict {
  const raw = method === 'client_secret_basic_raw' || (chosen === 'client_secret_basic' && ours.some((one) => one.method === 'client_secret_basic_raw' && one.accepted === true))
  const encoded = [client.id, client.secret ?? ''].some((value) => formEncode(value) !== value)
  return {
    status: 'fail',
    found: raw ? 'the server does not decode what Basic carries form-encoded' : `the secret is right, the method is not: ${method} works`,
    evidence: [`${chosen}: ${ours[0]?.error ?? 'refused'}`, `${method}: accepted`, ...(raw && encoded ? ['form-encoding changes this client_id or secret'] : [])],
    fix: `authwalk … --auth-method ${method}`,
    sure: 'certain',
  }
}

/** What is copied along with a secret. */
const PADDED = /^\s|\s$|^["'].*["']$/

function padded({ error, status, text }: Attempt): Verdict {
  return {
    status: 'fail',
    found: 'the secret has a space or a quotation mark around it',
    evidence: [`it says: ${text || (error ?? `status ${status}`)}`],
    fix: 'Give the secret alone, and nothing around it.',
    sure: 'probable',
  }
}

function unclear({ error, status, text }: Attempt): Verdict {
  return {
    status: 'undecided',
    found: `${error ?? `status ${status}`} says nothing of the client`,
    evidence: text === '' ? [] : [`it says: ${text.slice(0, 200)}`],
    fix: 'A walk decides: it sends the secret together with a code that is good.',
    sure: 'possible',
  }
}

async function refused(clients: Clients, last: Attempt, context: Context): Promise<Verdict> {
  const { settings } = context
  const { client } = settings
  const metadata = await context.metadata()
  const [first = last] = clients.ours
  const listed = metadata.token_endpoint_auth_methods_supported
  const tried = clients.ours.map(({ method, error, status }) => `${method}: ${error ?? `status ${status}`}`)
  const said = first.text === '' ? [] : [`it says: ${first.text.slice(0, 200)}`]
  const evidence = [...tried, ...said]
  if (client.secret === undefined) {
    return { status: 'fail', found: 'the server wants a secret, and none was given', evidence, fix: 'AUTHWALK_CLIENT_SECRET, or --client-secret-file', sure: 'probable' }
  }
  const { causes, tries: [fix] } = diagnose({ at: 'token', error: first.error, text: first.text, ...(first.rule ? { rule: first.rule } : {}) }, { settings, metadata, authMethod: first.method })
  if (first.rule?.provider !== undefined) {
    return { status: 'fail', found: first.rule.means, evidence: [...evidence, ...causes.slice(0, 1).map(({ says }) => says)], sure: 'probable', ...(fix === undefined ? {} : { fix }) }
  }
  if (listed && !listed.some((method) => Object.hasOwn(clientAuthenticationMethods, method))) {
    return { status: 'fail', found: `the server takes ${listed.join(', ')}, and no secret`, evidence, fix: 'Register the client for client_secret_basic: this program has no other proof.', sure: 'probable' }
  }
  return wrongSecretOrClient(clients, context, evidence, causes[0]?.evidence === undefined ? undefined : `${causes[0].says}: ${causes[0].evidence}`)
}

/** The authorization endpoint tells the two apart: it knows client_id, or it does not. */
async function wrongSecretOrClient({ wrongSecret }: Clients, context: Context, tried: readonly string[], seen: string | undefined): Promise<Verdict> {
  const landings = await context.landings().catch(() => undefined)
  const reading = landings ? readLandings(landings, ruleOf(landings, context)).reading : 'unclear'
  const same = wrongSecret?.accepted === false ? ['a made-up secret gets the same answer'] : []
  const evidence = [...same, ...tried, ...(seen === undefined ? [] : [seen])]
  if (reading === 'client') return { status: 'fail', found: 'client_id is not known here, so no secret fits', evidence, fix: 'Correct client_id first: see above.', sure: 'probable' }
  const known = reading === 'accepted' || reading === 'redirect_uri'
  return {
    status: 'fail',
    found: known ? 'the secret is wrong or has expired' : 'client_id or the secret is wrong',
    evidence: [...(known ? ['the authorization endpoint knows client_id'] : []), ...evidence],
    fix: 'Copy the secret again from the client’s registration, or make a new one.',
    sure: known ? 'probable' : 'possible',
  }
}
