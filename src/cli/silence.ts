import { setMaxListeners } from 'node:events'
import { diagnose, findRule } from '../diagnosis/diagnose.ts'
import { portIgnoredBy } from '../diagnosis/provider.ts'
import { compareRedirectUris } from '../diagnosis/redirect-uris.ts'
import { contextOf } from '../doctor/context.ts'
import { shownDifference } from '../doctor/difference.ts'
import { examination, type Result } from '../doctor/examination.ts'
import { redirectProbes } from '../doctor/redirect.ts'
import { requestProbes } from '../doctor/request.ts'
import { createOutside } from '../io/outside.ts'
import { createSenses } from '../io/senses.ts'
import { marked } from '../render/clip.ts'
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
export async function askedInstead<Learned>(ended: Ended<Learned>, settings: Settings, trust: Trust, world: World): Promise<Ended<Learned>> {
  const { error } = ended.outcome
  if (!error) return ended
  const results = await asked(settings, trust, world)
  const failed = failuresIn(results)
  const causes = failed.map(({ found, evidence = [] }) => ({ says: found, ...(evidence[0] === undefined ? {} : { evidence: evidence.join('\n') }) }))
  const fixes = failed.flatMap(({ fix }) => fix ?? [])
  // To register what is registered would be wrong advice.
  const others = isKnown(results) ? error.tries.slice(1) : error.tries
  const told = causes.length === 0 ? { causes: [innocent(results)], tries: others } : { causes, tries: [...new Set([...fixes, ...error.tries])] }
  return { ...ended, outcome: { ...ended.outcome, error: { ...error, ...told } } }
}

/** The same while somebody waits: one finding, its fix, and the two redirect URIs where they differ. */
export async function askedMeanwhile(settings: Settings, trust: Trust, world: World): Promise<string> {
  const results = await asked(settings, trust, world)
  const [first] = failuresIn(results)
  if (!first) {
    const { says, evidence } = innocent(results)
    return `Most likely ${says}: ${evidence}.`
  }
  const { found, evidence = [], fix } = first
  const compared = evidence.some((line) => MARK.test(line)) ? evidence.map((line) => `  ${line}`) : evidence.slice(0, 1)
  return [`Found: ${found}`, ...compared, ...(fix === undefined ? [] : [`Try: ${fix}`])].join('\n')
}

interface Trust {
  ca?: string
}

/** Under two texts, at the first character that differs. */
const MARK = /^ +\^/

async function asked(settings: Settings, { ca }: Trust, world: World): Promise<Result[]> {
  const { signal } = followerOf(world.signal)
  // Every probe listens to it.
  setMaxListeners(0, signal)
  const bounds = { signal, timeout: PATIENCE, ...(ca === undefined ? {} : { ca }) }
  await using outside = createOutside({ ...bounds, wait: 1, browser: async () => {} })
  const context = contextOf({ settings, outside, senses: createSenses({ ...bounds, env: world.env }), offline: false, wrongSecret: false })
  const results: Result[] = []
  for await (const result of examination([...redirectProbes, ...requestProbes], context)) results.push(result)
  return results
}

function failuresIn(results: readonly Result[]): Result[] {
  return distinct(results.filter(({ status }) => status === 'fail'))
}

function isKnown(results: readonly Result[]): boolean {
  return results.some(({ id, status }) => id === 'redirect-uri' && status === 'pass')
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

/**
 * While the browser is open, a person may say what its page says, or have the server asked for that page.
 * @param ask what the server said
 */
export function hearPage({ told, aside }: Pick<Audience, 'told' | 'aside'>, settings: Settings, ask: () => Promise<string>): void {
  let asking = false
  const askOnce = async () => {
    if (asking) return
    asking = true
    aside('The server is asked for the page that the browser shows, without a login and without a secret …')
    aside(await ask().finally(() => { asking = false }))
  }
  told((text) => {
    if (text.trim() === '?') return void askOnce().catch(() => {})
    const rule = findRule({ at: 'authorization', text })
    if (!rule) return aside('No error is known by these words. More of the page may help, and ? asks the server.')
    const { means, tries } = diagnose({ at: 'authorization', text, rule }, { settings })
    aside([means, ...tries].join(' '))
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
export async function compareWithConsole(settings: Settings, questions: Questions): Promise<string> {
  const { redirectUri } = settings
  const registered = await questions.text('The redirect URI in the provider’s console:', { clear: true })
  const { pen } = questions
  const difference = compareRedirectUris(redirectUri, registered)
  if (!difference) return `\n${proseLines('They are the same, character by character.', pen).join('\n')}\n`
  const shown = shownDifference(redirectUri, registered, ['sent', 'registered']).map((line) => `   ${pen.text(marked(line, pen.width - 4))}`)
  const indifferent = difference.part === 'port' ? portIgnoredBy(settings) : undefined
  const verdict = indifferent === undefined ? `Not the same: ${difference.says}.` : `They differ in the port alone, which ${indifferent} does not compare.`
  return ['', ...shown, '', ...proseLines(verdict, pen), ''].join('\n')
}
