import { examine } from '../check.ts'
import { dialectChecks } from '../checks/dialect.ts'
import type { JsonObject, Parameter, Walk } from '../events.ts'
import { type Failure, oddities, type Oddity, type OddityName } from './oddities.ts'

/** What a provider is known to do in its own way; none where it keeps to the specifications. */
export type Dialect = readonly OddityName[]

/**
 * A message as the specification would have it. Each translation is told: without the preset the same message would
 * be refused.
 * @param asked the issuer that the person named
 */
export async function* standard(message: 'metadata' | 'token-response', members: JsonObject, dialect: Dialect = [], asked = ''): Walk<JsonObject> {
  let result = members
  for (const oddity of spoken(dialect)) {
    const translated = message === 'metadata' ? oddity.metadata?.(result, asked) : oddity.tokenResponse?.(result)
    if (translated === undefined || translated === result) continue
    result = translated
    yield { ...examine(dialectChecks[message], oddity), section: oddity.section }
  }
  return result
}

/** The error that a body stands for in this dialect. */
export function failureIn(members: JsonObject, dialect: Dialect = []): Failure | undefined {
  return first(dialect, ({ failure }) => failure?.(members))
}

export function tokenRequestHeaders(dialect: Dialect = []): readonly Parameter[] {
  return first(dialect, (oddity) => oddity.tokenRequestHeaders) ?? []
}

export function alsoIssuer(issuer: string, dialect: Dialect = []): string | undefined {
  return first(dialect, (oddity) => oddity.alsoIssuer?.(issuer))
}

export function losesNonce(dialect: Dialect = []): boolean {
  return first(dialect, ({ withoutNonce }) => withoutNonce) ?? false
}

export function signsUserInfo(dialect: Dialect = []): boolean {
  return first(dialect, ({ signedUserInfo }) => signedUserInfo) ?? false
}

function spoken(dialect: Dialect): Oddity[] {
  return dialect.map((name) => oddities[name])
}

function first<Value>(dialect: Dialect, of: (oddity: Oddity) => Value | undefined): Value | undefined {
  for (const oddity of spoken(dialect)) {
    const value = of(oddity)
    if (value !== undefined) return value
  }
  return undefined
}
