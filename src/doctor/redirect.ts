import { diagnose, findRule } from '../diagnosis/diagnose.ts'
import { portIgnoredBy, presetAt } from '../diagnosis/provider.ts'
import { compareRedirectUris, variantsOf } from '../diagnosis/redirect-uris.ts'
import type { Rule } from '../diagnosis/rule.ts'
import { shownDifference } from './difference.ts'
import { errorIn, land, type Landings, signature } from './landing.ts'
import type { Context, Probe, Verdict } from './probe.ts'

const family = 'Redirect URI'
const REFUSED = 3

export const redirectProbes: readonly Probe[] = [
  {
    id: 'redirect-registered',
    family,
    title: 'it is the one that the console shows',
    section: 'RFC 9700 2.1',
    how: 'The redirect URI of the walk is held against the one of --registered, character by character.',
    needs: [],
    exit: REFUSED,
    async run({ settings, registered }) {
      if (registered === undefined) return undefined
      const difference = compareRedirectUris(settings.redirectUri, registered)
      if (!difference) return { status: 'pass', found: registered }
      const shown = shownDifference(settings.redirectUri, registered, ['sent', 'registered'])
      const indifferent = difference.part === 'port' ? portIgnoredBy(settings) : undefined
      if (indifferent !== undefined) return { status: 'pass', found: `all but the port, which ${indifferent} does not compare`, evidence: shown }
      return { status: 'fail', found: `another one is registered: ${difference.says}`, evidence: shown, fix: `authwalk … --redirect-uri ${registered}`, sure: 'certain' }
    },
  },
  {
    id: 'redirect-client',
    family,
    title: 'the server knows client_id',
    section: 'RFC 6749 4.1.2.1',
    how: 'An authorization request with prompt=none, whose redirect is not followed, beside the same with a made-up client_id. A server that knows the client answers them differently.',
    needs: ['network'],
    exit: REFUSED,
    run: async (context) => judgeClient(await context.landings(), context),
  },
  {
    id: 'redirect-uri',
    family,
    title: 'the server knows redirect_uri',
    section: 'RFC 6749 3.1.2.4',
    how: 'An authorization request with prompt=none, whose redirect is not followed, beside the same with a made-up redirect_uri. Where they get the same answer, the usual other spellings are asked for: the one that would be sent back to is registered.',
    needs: ['network'],
    exit: REFUSED,
    run: async (context) => judgeUri(await context.landings(), context),
  },
]

type Reading = 'accepted' | 'client' | 'redirect_uri' | 'unclear'

/** What the answer to our request and to the two controls say together. */
export function readLandings({ ours, otherClient, otherUri }: Landings, rule: Rule | undefined): { reading: Reading; sure: Verdict['sure']; because: string } {
  if (ours.kind === 'back') return { reading: 'accepted', sure: 'certain', because: 'it would have sent the browser back to the client' }
  const [own, client, uri] = [ours, otherClient, otherUri].map(signature)
  const told = rule?.about === 'client' || rule?.about === 'redirect_uri' ? rule.about : undefined
  if (told) return { reading: told, sure: 'probable', because: 'its page says so' }
  if (own === client && own === uri) return { reading: 'unclear', sure: 'possible', because: 'a made-up client and a made-up redirect_uri get the same answer' }
  if (own === client) return { reading: 'client', sure: 'probable', because: 'a made-up client gets the same answer' }
  if (own === uri) return { reading: 'redirect_uri', sure: 'probable', because: 'a made-up redirect_uri gets the same answer, and a made-up client another one' }
  const refused = ours.kind === 'page' && ours.status >= 400
  return { reading: refused ? 'unclear' : 'accepted', sure: 'probable', because: 'a made-up client and a made-up redirect_uri get another answer' }
}

export function ruleOf(landings: Landings, context: Context): Rule | undefined {
  return findRule({ at: 'authorization', ...errorIn(landings.ours) }, presetAt(context.settings.server.issuer ?? context.settings.server.endpoints.authorization ?? '')?.id)
}

async function judgeClient(landings: Landings, context: Context): Promise<Verdict> {
  const rule = ruleOf(landings, context)
  const { reading, sure, because } = readLandings(landings, rule)
  if (reading === 'client') return refusal(landings, context, rule, sure, because, 'client')
  if (reading === 'unclear') return undecided(landings, because)
  return { status: 'pass', found: reading === 'accepted' ? because : 'it complains about redirect_uri alone', ...(sure === undefined ? {} : { sure }) }
}

async function judgeUri(landings: Landings, context: Context): Promise<Verdict> {
  const rule = ruleOf(landings, context)
  const { reading, sure, because } = readLandings(landings, rule)
  if (reading === 'accepted') return { status: 'pass', found: because, ...(sure === undefined ? {} : { sure }) }
  if (reading === 'client') return { status: 'undecided', found: 'client_id comes first: see above', fix: 'Correct client_id, then ask again.' }
  if (reading === 'unclear') return undecided(landings, because)
  const refused = refusal(landings, context, rule, sure, because, 'redirect_uri')
  const registered = await registeredVariant(landings, context)
  if (registered === undefined) return refused
  const { redirectUri } = context.settings
  return {
    ...refused,
    found: `another spelling is registered: ${compareRedirectUris(redirectUri, registered)?.says ?? ''}`,
    evidence: shownDifference(redirectUri, registered, ['sent', 'registered']),
    fix: `authwalk … --redirect-uri ${registered}`,
    sure: 'certain',
  }
}

function refusal(landings: Landings, { settings }: Context, rule: Rule | undefined, sure: Verdict['sure'], because: string, about: 'client' | 'redirect_uri'): Verdict {
  const { text } = errorIn(landings.ours)
  const general = about === 'client' ? 'unknown client_id' : 'redirect_uri not registered'
  const { means, tries: [fix] } = diagnose({ at: 'authorization', text: rule?.about === about ? text : general }, { settings })
  const console = presetAt(settings.server.issuer ?? settings.server.endpoints.authorization ?? '')?.console
  const field = about === 'redirect_uri' && console ? [`in the console: ${console.path}, field “${console.field}”`] : []
  return {
    status: 'fail',
    found: about === 'client' ? `${settings.client.id} is not known here` : `${settings.redirectUri} is not registered`,
    evidence: [because, `the page says: ${text.slice(0, 200)}`, means, ...field],
    ...(fix === undefined ? {} : { fix }),
    ...(sure === undefined ? {} : { sure }),
  }
}

function undecided({ ours }: Landings, because: string): Verdict {
  const { text } = errorIn(ours)
  return {
    status: 'undecided',
    found: because,
    evidence: text === '' ? [] : [`the page says: ${text.slice(0, 200)}`],
    fix: 'A walk decides: open the URL in a browser, and look whether a login comes or an error.',
    sure: 'possible',
  }
}

/** The usual other spellings, each asked for once: the one that leads back is registered. */
async function registeredVariant(landings: Landings, context: Context): Promise<string | undefined> {
  if (signature(landings.ours) !== signature(landings.otherUri)) return undefined
  const variants = variantsOf(context.settings.redirectUri)
  const answers = await Promise.all(variants.map((redirectUri) => land(context, { redirect_uri: redirectUri })))
  return variants.find((_, index) => answers[index]?.kind === 'back')
}
