import { presets } from '../providers/index.ts'
import type { Preset } from '../providers/preset.ts'
import { rules } from './index.ts'
import { presetAt } from './provider.ts'
import type { Cause, Facts, Place, Rule, Subject } from './rule.ts'

/** An error as it came: the code of an OAuth error, its description, a page, or the body of some other dialect. */
export interface Answer {
  at: Place
  error?: string | undefined
  text?: string | undefined
  /** Where it is known which it is. */
  rule?: Rule
}

export interface Diagnosis {
  /** Absent for an error that nobody here knows. */
  rule?: Rule
  means: string
  /** Those that something speaks for come first. */
  causes: readonly { says: string; evidence?: string }[]
  tries: readonly string[]
  read: readonly string[]
}

/** A page may be long, and what it says stands at its beginning. Characters. */
const LONGEST = 4000

/** What an error means, what probably caused it in this walk, and what to do. */
export function diagnose(answer: Answer, facts: Facts = {}): Diagnosis {
  const preset = facts.preset ?? presetOf(facts)
  const rule = answer.rule ?? findRule(answer, preset?.id)
  if (!rule) return UNKNOWN
  const known = preset ?? presets.find(({ id }) => id === rule.provider)
  const weighed = rule.causes.map((cause) => weigh(cause, facts))
  const likely = [...weighed.filter(({ evidence }) => evidence !== undefined), ...weighed.filter(({ evidence, needed }) => evidence === undefined && !needed)]
  const [first] = likely
  return {
    rule,
    means: rule.means,
    causes: likely.map(({ says, evidence }) => ({ says, ...(evidence === undefined ? {} : { evidence }) })),
    tries: [...new Set([...(first?.fix === undefined ? [] : [first.fix]), rule.fix, ...consoleOf(rule.about, known)])],
    read: [rule.read ?? SECTIONS[rule.about], ...(known ? [`authwalk providers ${known.id}`] : [])],
  }
}

/** A provider's own message wins over its code, and that over what the specifications say of the code. */
export function findRule({ at, error, text = '' }: Answer, provider?: string): Rule | undefined {
  const said = (error === undefined ? text : `${error}: ${text}`).slice(0, LONGEST)
  const says = (rule: Rule) => rule.says?.test(said) ?? false
  const tiers: ((rule: Rule) => boolean)[] = [
    (rule) => rule.provider !== undefined && rule.provider === provider && says(rule),
    (rule) => rule.provider !== undefined && rule.only === undefined && says(rule),
    (rule) => rule.provider === undefined && rule.at === at && says(rule),
    (rule) => rule.says === undefined && rule.at === at && rule.id === error,
    (rule) => rule.says === undefined && rule.id === error,
  ]
  for (const fits of tiers) {
    const found = rules.filter(fits)
    const rule = found.find((one) => one.at === at) ?? found[0]
    if (rule) return rule
  }
  return undefined
}

interface Weighed {
  says: string
  evidence?: string
  fix?: string
  /** Without its evidence it is not worth mentioning. */
  needed?: true
}

function weigh(cause: string | Cause, facts: Facts): Weighed {
  if (typeof cause === 'string') return { says: cause }
  const seen = cause.seen(facts)
  return seen ? { says: cause.says, ...seen } : { says: cause.says, ...(facts.settings ? { needed: true } : {}) }
}

/** The one field to change. */
function consoleOf(about: Subject, preset: Preset | undefined): string[] {
  if (!preset || about !== 'redirect_uri') return []
  const { path, field } = preset.console
  return [`${preset.name}: ${path}, field “${field}”`]
}

function presetOf({ settings, metadata }: Facts): Preset | undefined {
  const url = settings?.server.issuer ?? metadata?.issuer ?? settings?.server.metadataUrl ?? metadata?.authorization_endpoint
  return url === undefined ? undefined : presetAt(url)
}

const SECTIONS: Readonly<Record<Subject, string>> = {
  client: 'RFC 6749 5.2',
  redirect_uri: 'RFC 6749 3.1.2.4',
  session: 'OpenID Connect Core 3.1.2.6',
  person: 'RFC 6749 4.1.2.1',
  flow: 'RFC 6749 4.1.2.1',
  scope: 'RFC 6749 3.3',
  pkce: 'RFC 7636 4.6',
  request: 'RFC 6749 5.2',
  code: 'RFC 6749 4.1.2',
  token: 'RFC 6750 3.1',
  server: 'RFC 6749 4.1.2.1',
}

const UNKNOWN: Diagnosis = {
  means: 'This code is in none of the specifications and is no message that this client knows: it is the server’s own.',
  causes: [],
  tries: ['Look for it in the provider’s documentation.'],
  read: ['RFC 6749 8.5'],
}
