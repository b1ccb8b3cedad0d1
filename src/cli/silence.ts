import { diagnose, findRule } from '../diagnosis/diagnose.ts'
import { compareRedirectUris } from '../diagnosis/redirect-uris.ts'
import { contextOf } from '../doctor/context.ts'
import { shownDifference } from '../doctor/difference.ts'
import { examination, type Result } from '../doctor/examination.ts'
import { redirectProbes } from '../doctor/redirect.ts'
import { requestProbes } from '../doctor/request.ts'
import { createOutside } from '../io/outside.ts'
import { createSenses } from '../io/senses.ts'
import { drawEntry } from '../render/entry.ts'
import type { Settings } from '../settings.ts'
import type { Ended } from '../walk.ts'
import type { Audience } from './audience.ts'
import { proseLines } from './prose.ts'
import type { Questions } from './questions.ts'
import { followerOf, type World } from './world.ts'

/** Seconds: the person has waited long enough. */
const PATIENCE = 5

/**
 * Where nobody came back, the reason is on a page in the browser. The server is asked for that page, without a login
 * and without a secret, and what it says becomes a cause of the failure.
 */
export async function askedInstead<Learned>(ended: Ended<Learned>, settings: Settings, { ca }: { ca?: string }, world: World): Promise<Ended<Learned>> {
  const { error } = ended.outcome
  if (!error) return ended
  const { signal } = followerOf(world.signal)
  const bounds = { signal, timeout: PATIENCE, ...(ca === undefined ? {} : { ca }) }
  await using outside = createOutside({ ...bounds, wait: 1, browser: async () => {} })
  const context = contextOf({ settings, outside, senses: createSenses({ ...bounds, env: world.env }), offline: false, wrongSecret: false })
  const results: Result[] = []
  for await (const result of examination([...redirectProbes, ...requestProbes], context)) results.push(result)
  const failed = distinct(results.filter(({ status }) => status === 'fail'))
  const causes = failed.map(({ found, evidence = [] }) => ({ says: found, ...(evidence[0] === undefined ? {} : { evidence: evidence.join('\n') }) }))
  const fixes = failed.flatMap(({ fix }) => fix ?? [])
  if (causes.length === 0) return { ...ended, outcome: { ...ended.outcome, error: { ...error, causes: [innocent(results)] } } }
  return { ...ended, outcome: { ...ended.outcome, error: { ...error, causes, tries: [...new Set([...fixes, ...error.tries])] } } }
}

/** One cause makes many probes fail. */
function distinct(results: readonly Result[]): Result[] {
  return [...new Map(results.toReversed().map((result) => [result.found, result])).values()].toReversed()
}

function innocent(results: readonly Result[]): { says: string; evidence: string } {
  const known = results.find(({ id }) => id === 'redirect-uri')
  return known?.status === 'pass'
    ? { says: 'the login was not finished in the browser', evidence: `the server knows client_id and redirect_uri: ${known.found}` }
    : { says: 'the server shows an error page in the browser', evidence: `it could not be told from here: ${known?.found ?? 'the server was not asked'}` }
}

/** While the browser is open, a person may paste what the page says instead of an address. */
export function hearPage({ pasted, notice }: Pick<Audience, 'pasted' | 'notice'>, settings: Settings): void {
  pasted((text) => {
    if (text.includes('://') && !text.includes(' ')) return
    const rule = findRule({ at: 'authorization', text })
    if (!rule) return
    const { means, tries } = diagnose({ at: 'authorization', text, rule }, { settings })
    notice([means, ...tries].join(' '))
  })
}

/** What the page in the browser says, told by the person who sees it. */
export async function tellPage(settings: Settings, questions: Questions): Promise<string> {
  const text = await questions.text('What does the page say?', { clear: true })
  if (text === '') return ''
  const { rule, means, causes, tries, read } = diagnose({ at: 'authorization', text }, { settings })
  const parts = [['Means', [means]], ['Probably', causes.map(({ says }) => says)], ['Try', tries], ['Read', [read.join(', ')]]] as const
  return drawEntry({ name: rule?.id ?? 'a page of the server', kind: 'in the browser', parts }, questions.pen)
}

/** The redirect URI that was sent, beside the one that the console shows. */
export async function compareWithConsole({ redirectUri }: Settings, questions: Questions): Promise<string> {
  const registered = await questions.text('The redirect URI in the provider’s console:', { clear: true })
  const { pen } = questions
  const difference = compareRedirectUris(redirectUri, registered)
  if (!difference) return `\n${proseLines('They are the same, character by character.', pen).join('\n')}\n`
  const shown = shownDifference(redirectUri, registered, ['sent', 'registered']).map((line) => `   ${pen.text(line)}`)
  return ['', ...shown, '', ...proseLines(`Not the same: ${difference.says}.`, pen), ''].join('\n')
}
