import type { Transcript } from '../events.ts'
import { inOneLine } from './story/members.ts'
import { milliseconds } from './format.ts'
import { factsOf } from './story/facts.ts'
import { messageOf } from './story/messages.ts'
import { timelineOf } from './story/timeline.ts'

/** What one walk says and the other does not, or says otherwise. Undefined: it says nothing. */
export interface Difference {
  /** The message, token or table that it belongs to. */
  section: string
  name: string
  one: string | undefined
  other: string | undefined
}

export interface Comparison {
  differences: Difference[]
  /** Names of values that are new in every walk, and were in these. */
  alwaysNew: string[]
}

/** Values that have to differ from walk to walk. That one of them is missing is a difference all the same. */
const ALWAYS_NEW: ReadonlySet<string> = new Set([
  'state', 'nonce', 'code', 'code_verifier', 'code_challenge', 'access_token', 'id_token', 'refresh_token',
  'at_hash', 'c_hash', 's_hash', 'jti', 'sid', 'session_state', 'exp', 'iat', 'nbf', 'auth_time', 'dpop', 'dpop-nonce',
])
const NEW = 'new in every walk'
/** The issuer is compared once, and not in each of its addresses. */
const ISSUER = '{issuer}'

/** Compares two walks, most telling first. Values that were taken out are compared by their placeholders. */
export function compare(one: Transcript, other: Transcript): Comparison {
  const [ours, theirs] = [entriesOf(one), entriesOf(other)]
  const differences: Difference[] = []
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const [mine, yours] = [ours.get(key), theirs.get(key)]
    const { section = '', name = '' } = mine ?? yours ?? {}
    if (mine?.value === yours?.value || isPartOfMissing(mine ?? yours, mine ? theirs : ours)) continue
    differences.push({ section, name, one: mine?.value, other: yours?.value })
  }
  const isNewInBoth = (key: string) => ours.get(key)?.value === NEW && theirs.get(key)?.value === NEW
  const alwaysNew = [...ours].flatMap(([key, { name }]) => (isNewInBoth(key) ? [name] : []))
  return { differences: [...differences, ...slower(one, other)], alwaysNew: [...new Set(alwaysNew)] }
}

interface Entry {
  section: string
  name: string
  value: string
  /** The key of the message that it is a part of. */
  partOf?: string
}

/** Of a message that was never sent, nothing is worth a line but that. */
function isPartOfMissing(entry: Entry | undefined, there: ReadonlyMap<string, Entry>): boolean {
  return entry?.partOf !== undefined && !there.has(entry.partOf)
}

/** Everything that a walk says, each under a key of its own. */
function entriesOf(transcript: Transcript): Map<string, Entry> {
  const { events, outcome } = transcript
  const { issuer } = factsOf(transcript)
  const entries = new Map<string, Entry>()
  const counts = new Map<string, number>()

  function numbered(...place: string[]): string {
    const key = JSON.stringify(place)
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count === 1 ? place.at(-1) ?? '' : `${place.at(-1)} (${count})`
  }

  function add(section: string, plainName: string, text: string, partOf?: string): string {
    const name = numbered(section, plainName)
    const key = JSON.stringify([section, name])
    const value = isNew(plainName.toLowerCase(), text) ? NEW : relative(text, issuer)
    entries.set(key, { section, name, value, ...(partOf === undefined ? {} : { partOf }) })
    return key
  }

  const why = outcome.error ? `: ${outcome.error.happened}` : ''
  add('outcome', 'status', `${outcome.status}, exit ${outcome.exit}${why}`)
  if (issuer !== undefined) entries.set('issuer', { section: 'settings', name: 'issuer', value: issuer })
  for (const event of events) {
    if (event.type === 'redirect' && !event.accepted) continue
    const message = messageOf(event)
    if (message) {
      const section = numbered(message.name)
      const out = message.from === 'client' || event.type === 'navigate'
      const first = add(section, out ? 'sent to' : 'came as', message.line)
      for (const { name, value } of message.parts.flatMap((part) => part.details)) add(section, name, value, first)
      if (message.text !== '') add(section, 'body', message.text, first)
    }
    if (event.type === 'value' && event.origin === 'made') add('settings', event.name, event.value)
    if (event.type === 'check') add('checks', event.id, verdictOf(event))
    if (event.type === 'skip') add('left out', event.what, event.why)
    if (event.type === 'value' && event.decoded) {
      const { header, claims } = event.decoded
      for (const [name, value] of Object.entries(header)) add(`${event.name} header`, name, inOneLine(value))
      for (const [name, value] of Object.entries(claims)) add(`${event.name} Claims`, name, inOneLine(value))
    }
  }
  return entries
}

function isNew(name: string, text: string): boolean {
  return ALWAYS_NEW.has(name) || (name === 'authorization' && !/^Basic /i.test(text))
}

function verdictOf({ status, actual }: { status: string; actual: string }): string {
  return status === 'fail' || status === 'warn' ? `${status}: ${actual}` : status
}

function relative(text: string, issuer: string | undefined): string {
  return issuer === undefined || issuer === '' ? text : text.replaceAll(issuer.replace(/\/$/, ''), ISSUER)
}

/** Below this nobody waits, and every walk differs. Milliseconds. */
const NOTICEABLE = 100
const FACTOR = 3

/** Answers that took several times as long in one walk. */
function slower(one: Transcript, other: Transcript): Difference[] {
  const theirs = timesOf(other)
  return [...timesOf(one)].flatMap(([name, mine]) => {
    const yours = theirs.get(name)
    if (yours === undefined || Math.abs(mine - yours) < NOTICEABLE) return []
    if (Math.max(mine, yours) < FACTOR * Math.min(mine, yours)) return []
    return [{ section: 'timing', name, one: milliseconds(mine), other: milliseconds(yours) }]
  })
}

/** Milliseconds by name; of several under one name, all together. */
function timesOf({ events }: Transcript): Map<string, number> {
  const times = new Map<string, number>()
  for (const { answer } of timelineOf(events)) {
    const event = answer && events[answer.event]
    if (event?.type === 'response') times.set(event.name, (times.get(event.name) ?? 0) + event.milliseconds)
  }
  return times
}
