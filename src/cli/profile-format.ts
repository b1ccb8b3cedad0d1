import type { Option } from 'commander'
import { isAbsolute, resolve } from 'node:path'
import { UsageError, WalkError } from '../errors.ts'
import type { Json, JsonObject } from '../events.ts'
import { isJsonObject, JsonError, readJson } from '../oauth/json.ts'
import { type Flags, walkOptions } from './options.ts'
import { issuerOrMetadata, isUrl } from './values.ts'

/** Where a secret is, never the secret itself. */
export type SecretReference = { env: string } | { file: string }

/** What a profile says, as if it had been typed. */
export interface Profile {
  issuer?: string
  flags: Partial<Flags>
  secret?: SecretReference
}

/**
 * The flags that a profile may hold, under their own names: where to walk, as whom, what to ask for. None of them makes
 * the program run or write anything.
 */
export const KEPT = [
  'provider', 'tenant', 'domain', 'app', 'metadata', 'authorization-endpoint', 'token-endpoint', 'userinfo-endpoint', 'jwks-uri',
  'resource', 'ca', 'client-id', 'auth-method', 'id-token-alg', 'redirect-uri', 'listen', 'cert', 'key', 'scope', 'offline', 'pkce', 'prompt', 'login-hint',
  'max-age', 'acr-values', 'param', 'token-param',
] as const

const LISTS: ReadonlySet<string> = new Set(['param', 'token-param'])
/** Values that are the path of a file. The current folder is not where a profile was written. */
const PATHS: ReadonlySet<string> = new Set(['ca', 'cert', 'key', 'metadata'])
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * Every member is looked at by the flag that it stands for.
 * @throws UsageError with path and line
 */
export function parseProfile(text: string, path: string): Profile {
  const document = read(text, path)
  const profile: Profile = { flags: {} }
  for (const [name, value] of Object.entries(document)) {
    try {
      if (name === 'issuer') profile.issuer = issuerOf(value)
      else if (name === 'secret') profile.secret = secretOf(value)
      else Object.assign(profile.flags, flagOf(name, value))
    } catch (error) {
      if (error instanceof WalkError) throw refused(`${path}:${lineOf(text, `"${name}"`)}: ${error.explanation.happened}`, error.explanation.means)
      throw error
    }
  }
  return profile
}

/** In the order of `KEPT`, for whoever reads it. */
export function profileText({ issuer, flags, secret }: Profile): string {
  const options = optionsByName()
  const members = KEPT.flatMap((name): [string, Json][] => {
    const value = Object.entries(flags).find(([key]) => key === options.get(name)?.attributeName())?.[1]
    return value === undefined ? [] : [[name, jsonOf(name, value)]]
  })
  const document = { ...(issuer === undefined ? {} : { issuer }), ...Object.fromEntries(members), ...(secret ? { secret } : {}) }
  return `${JSON.stringify(document, null, 2)}\n`
}

function jsonOf(name: string, value: NonNullable<Flags[keyof Flags]>): Json {
  if (Array.isArray(value)) return value.flatMap((item) => ('value' in item ? [`${item.name}=${item.value}`] : []))
  return typeof value === 'string' && PATHS.has(name) && !isUrl(value) ? resolve(value) : value
}

function flagOf(name: string, value: Json): Partial<Flags> {
  const option = KEPT.some((kept) => kept === name) ? optionsByName().get(name) : undefined
  if (!option) throw refused(`a profile has no member "${name}"`, `It holds ${['issuer', ...KEPT, 'secret'].join(', ')}, and nothing that runs a program.`)
  if (option.isBoolean()) return { [option.attributeName()]: truth(name, value) }
  const texts = LISTS.has(name) && Array.isArray(value) ? value.map((item) => textOf(name, item)) : [textOf(name, value)]
  for (const text of texts) requireWholePath(name, text)
  const taken = texts.reduce<unknown>((before, text) => (option.parseArg ? option.parseArg(text, before) : text), undefined)
  return { [option.attributeName()]: taken }
}

function requireWholePath(name: string, text: string): void {
  if (!PATHS.has(name) || isUrl(text) || isAbsolute(text)) return
  throw refused(`"${name}" has to be a whole path`, 'A profile is used from any folder.')
}

function truth(name: string, value: Json): true {
  if (value === true) return true
  throw refused(`"${name}" is true or not there`, 'Leave it out where it does not apply.')
}

function textOf(name: string, value: Json): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw refused(`"${name}" has to be a text`, 'It is what would stand behind the flag.')
}

function issuerOf(value: Json): string {
  const text = textOf('issuer', value)
  issuerOrMetadata(text)
  return text
}

/** A reference, of one of two kinds, and no secret. */
function secretOf(value: Json): SecretReference {
  const [member, ...others] = isJsonObject(value) ? Object.entries(value) : []
  const [kind, target] = member ?? []
  if (others.length === 0 && typeof target === 'string') {
    if (kind === 'env' && VARIABLE.test(target)) return { env: target }
    if (kind === 'file' && isAbsolute(target)) return { file: target }
  }
  throw refused('"secret" is {"env": "NAME"} or {"file": "/whole/path"}', 'A profile says where the secret is, and never holds it.')
}

function optionsByName(): Map<string, Option> {
  return new Map(Object.values(walkOptions()).flat().map((option) => [option.long?.slice(2) ?? '', option]))
}

function read(text: string, path: string): JsonObject {
  try {
    const { value, duplicates: [twice] } = readJson(Buffer.from(text))
    if (twice !== undefined) throw refused(`${path}:${lineOf(text, `"${twice}"`)}: "${twice}" is in it twice`, 'Two values for one name can be read in two ways.')
    if (isJsonObject(value)) return value
    throw refused(`${path}:1: a profile is a JSON object`, 'It begins with { and ends with }.')
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw refused(`${path}:${syntaxLine(text)}: ${error.message.replace('the body', 'it')}`, 'A profile is one JSON object.')
  }
}

/** The engine alone knows the place, and says it in words. */
function syntaxLine(text: string): number {
  try {
    JSON.parse(text)
    return 1
  } catch (error) {
    const [, position] = /at position (\d+)/.exec(String(error)) ?? []
    return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length
  }
}

function lineOf(text: string, part: string): number {
  return text.slice(0, Math.max(0, text.indexOf(part))).split('\n').length
}

function refused(happened: string, means: string): UsageError {
  return new UsageError({ happened, means, tries: ['Edit the file, or remove it and save the profile again.'], read: ['authwalk profiles'] })
}
