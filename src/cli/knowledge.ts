import { checks } from '../checks/index.ts'
import { type Refusal, refusals } from '../checks/refusals.ts'
import { diagnose, findRule } from '../diagnosis/diagnose.ts'
import { rules } from '../diagnosis/index.ts'
import { nearest } from '../nearest.ts'
import { questions } from '../diagnosis/questions.ts'
import type { Place, Rule } from '../diagnosis/rule.ts'
import { probes } from '../doctor/index.ts'
import { UsageError } from '../errors.ts'
import type { Lesson } from '../events.ts'
import { troubles } from '../io/troubles.ts'
import { claims, joseHeader } from '../oauth/claims.ts'
import { clientAuthenticationMethods } from '../oauth/client-authentication.ts'
import * as parameters from '../oauth/parameters.ts'
import type { Meanings } from '../oauth/parameters.ts'
import { presets } from '../providers/index.ts'
import type { Entry } from '../render/entry.ts'
import { lesson as preparation } from '../steps/0-prepare.ts'
import { lesson as authorizationRequest } from '../steps/1-authorization-request.ts'
import { lesson as userAuthentication } from '../steps/2-user-authentication.ts'
import { lesson as authorizationCode } from '../steps/3-authorization-code.ts'
import { lesson as authorizationResponse } from '../steps/4-authorization-response.ts'
import { lesson as tokenRequest } from '../steps/5-token-request.ts'
import { lesson as tokenResponse } from '../steps/6-token-response.ts'
import { lesson as tokensUsed } from '../steps/7-tokens-used.ts'

interface Known extends Entry {
  /** What it can be asked by, in lower case. */
  names: readonly string[]
}

/**
 * Everything that is known under a name: errors, checks, parameters, steps and questions. A whole message of a
 * provider is recognized too.
 * @throws UsageError with the nearest names
 */
export function lookUp(asked: string): Entry[] {
  const word = asked.trim().toLowerCase()
  const found = known().filter(({ names }) => names.includes(word))
  if (found.length > 0) return found
  const rule = PLACES_IN_ORDER.map((at) => findRule({ at, text: asked })).find((one) => one !== undefined)
  if (rule) return [errorEntry(rule)]
  const near = suggestionsFor(word, known())
  throw new UsageError({
    happened: `nothing is known here about “${asked.slice(0, 100)}”`,
    means: 'It is no error, check, parameter or step of this program, and no message of a provider that it recognizes.',
    tries: near.length > 0 ? near.map((name) => `authwalk explain ${name}`) : ['authwalk explain, to see what there is'],
    read: ['authwalk explain'],
  })
}

const MOST = 4

/** What was mistyped; else what has one of the words in its name; else what speaks of all of them. */
function suggestionsFor(asked: string, all: readonly Known[]): string[] {
  const near = nearest(asked, all.flatMap(({ names }) => names), MOST)
  if (near.length > 0) return near
  const words = wordsOf(asked).filter((word) => word.length > 2)
  const named = all.flatMap(({ names }) => names.map((name) => ({ name, hits: words.filter((word) => wordsOf(name).includes(word)).length })))
  const most = Math.max(1, ...named.map(({ hits }) => hits))
  const best = named.filter(({ hits }) => hits === most).map(({ name }) => name).toSorted((a, b) => a.length - b.length)
  const speaking = all.filter(({ parts }) => words.length > 0 && words.every((word) => JSON.stringify(parts).toLowerCase().includes(word))).flatMap(({ names }) => names.slice(0, 1))
  return [...new Set(best.length > 0 ? best : speaking)].slice(0, MOST)
}

function wordsOf(text: string): string[] {
  return text.split(/[^a-z0-9]+/)
}

/** Names by what they are, for whoever has none in mind. */
export function contents(): Record<string, string[]> {
  return {
    Steps: lessons.map(({ step, title }) => `${step} ${title}`),
    Errors: [...new Set(rules.filter(({ provider }) => provider === undefined).map(({ id }) => id))],
    Parameters: [...new Set(TABLES.flatMap(([, table]) => Object.keys(table)))],
    Checks: checks.map(({ id }) => id),
    Refusals: refusals.map(({ id }) => id),
    Network: troubles.flatMap(({ codes }) => codes),
    Probes: probes.map(({ id }) => id),
    Questions: [...new Set(questions.flatMap(({ about }) => about))],
  }
}

const lessons: readonly Lesson[] = [
  preparation, authorizationRequest, userAuthentication, authorizationCode, authorizationResponse, tokenRequest, tokenResponse, tokensUsed,
]

const TABLES: readonly (readonly [where: string, table: Meanings])[] = [
  ['authorization request', parameters.authorizationRequest],
  ['authorization response', parameters.authorizationResponse],
  ['token request', parameters.tokenRequest],
  ['token response', parameters.tokenResponse],
  ['metadata', parameters.metadata],
  ['client registration', parameters.clientRegistration],
  ['Claims', claims],
  ['JOSE header', joseHeader],
  ['HTTP request', parameters.requestHeaders],
  ['HTTP response', parameters.responseHeaders],
]

const PLACES: Readonly<Record<Place, string>> = {
  authorization: 'error of the authorization endpoint',
  token: 'error of the token endpoint',
  resource: 'error of the resource',
}
const PLACES_IN_ORDER = ['token', 'authorization', 'resource'] as const

function known(): Known[] {
  return [
    ...checks.map((check) => ruleEntry(check, `check, a ${check.level} of ${check.section}`)),
    ...refusals.map((refusal) => ruleEntry(refusal, `refused before any check, ${refusal.section}`)),
    ...troubles.map((trouble): Known => ({
      names: trouble.codes.map((code) => code.toLowerCase()),
      name: trouble.codes.join(', '),
      kind: 'trouble on the way to a server',
      parts: [['Says', [`It ${trouble.happened}.`]], ['Means', [trouble.means]], ['Try', trouble.tries], ['Read', [trouble.read.join(', ')]]],
    })),
    ...probes.filter(({ id }) => checks.every((check) => check.id !== id)).map(({ id, family, title, how, section = '', sideEffect = '' }): Known => ({
      names: [id],
      name: id,
      kind: 'probe of authwalk doctor',
      parts: [['Rule', [`${family}: ${title}`]], ['How', [how]], ['Leaves', [sideEffect]], ['Read', [section]]],
    })),
    ...rules.map((rule) => ({ ...errorEntry(rule), names: [rule.id.toLowerCase()] })),
    ...parameterEntries(),
    ...lessons.map((lesson): Known => ({
      names: [String(lesson.step), `step ${lesson.step}`, lesson.title.toLowerCase()],
      name: `${lesson.step}/7  ${lesson.title}`,
      kind: `${lesson.channel} channel`,
      parts: [['Says', [lesson.says]], ...lesson.why.split(/\n\s*\n/).map((text, index) => [index === 0 ? 'Why' : '', [text.replaceAll(/\s+/g, ' ')]] as const), ['Read', [lesson.read.join(', ')]]],
    })),
    ...questions.map((question): Known => ({
      names: question.about,
      name: question.asks,
      kind: 'question',
      parts: [['Answer', [question.answer]], ['Read', [question.read.join(', ')]]],
    })),
  ]
}

function ruleEntry({ id, also = [], title, why, fix }: Refusal, kind: string): Known {
  return { names: [id, ...also].map((name) => name.toLowerCase()), name: id, kind, parts: [['Rule', [title]], ['Why', [why]], ['Try', [fix]]] }
}

function errorEntry(rule: Rule): Entry {
  const { means, causes, tries, read } = diagnose({ at: rule.at, rule })
  const provider = presets.find(({ id }) => id === rule.provider)?.name
  return {
    name: rule.id,
    kind: `${PLACES[rule.at]}${provider === undefined ? '' : ` at ${provider}`}`,
    parts: [['Means', [means]], ['Probably', causes.map(({ says }) => says)], ['Try', tries], ['Read', [read.join(', ')]]],
  }
}

/** One entry a name, whatever messages it occurs in. */
function parameterEntries(): Known[] {
  const names = new Set(TABLES.flatMap(([, table]) => Object.keys(table)))
  const single = [...names].map((name): Known => ({
    names: [name.toLowerCase()],
    name,
    kind: 'parameter',
    parts: TABLES.flatMap(([where, table]) => {
      const entry = parameters.meaningOf(table, name)
      return entry ? [['', [`${entry.meaning} (${where}, ${entry.section})`]] as const] : []
    }),
  }))
  const methods = Object.entries(clientAuthenticationMethods).map(([name, { says, read }]): Known => ({
    names: [name],
    name,
    kind: 'client authentication',
    parts: [['Means', [says]], ['Try', [`--auth-method ${name}`]], ['Read', [read]]],
  }))
  return [...single, ...methods]
}
