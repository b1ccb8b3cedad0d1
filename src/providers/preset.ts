import type { Parameter } from '../events.ts'
import type { OddityName } from './oddities.ts'

/** What a group of facts rests on: the provider's documents or source code, partly those, or what is commonly known. */
export type Confidence = 'documented' | 'partly' | 'assumed'

/** Whether a redirect URI on this loopback host can be registered over http. */
export type Answer = 'yes' | 'no' | 'sometimes' | 'unknown'

export type LoopbackHost = '127.0.0.1' | 'localhost' | '[::1]'

/** What a preset can't know: `{tenant}`, `{domain}` and `{app}` in its templates. */
export interface Variable {
  name: 'tenant' | 'domain' | 'app'
  says: string
  example: string
  /** Taken where nobody says otherwise. */
  usual?: string
  /** Narrower than a name or a host, where that is known. */
  pattern?: RegExp
}

/** Every group of facts has its confidence, or the preset is not complete. */
export type Fact = 'server' | 'redirect' | 'console' | 'authentication' | 'pkce' | 'refresh' | 'oddities'

/** What is known about one provider: data for a walk and for whoever reads it, and nothing that no source supports. */
export interface Preset {
  /** As it is typed: `--provider google`. */
  id: string
  name: string
  /** One line: which product this is. */
  says: string
  asks: readonly Variable[]
  /** Templates. Without any member the issuer has to be named: it is whatever the operator has configured. */
  server: { issuer?: string; metadata?: string; endpoints?: { authorization: string; token: string } }
  /** Asked with the access token where the provider has no UserInfo. */
  resource?: string
  redirect: {
    /** What to enter in the console, a template with `{port}`; none where nothing on loopback is accepted. */
    register?: string
    accepts: Readonly<Record<LoopbackHost, Answer>>
    /** `any`: a loopback port is not compared. */
    port: 'exact' | 'any' | 'unknown'
    says: string
  }
  console: { url?: string; path: string; field: string }
  /** The first one is used. */
  authentication: { methods: readonly [string, ...string[]]; says?: string }
  pkce: { method: 'S256' | 'none'; says: string }
  /** Space-separated, as on the wire. */
  scope: string
  /** What makes the provider issue a refresh token, and what becomes of it. */
  refresh: { scope?: string; parameters?: readonly Parameter[]; says: string }
  /** Parameters of the authorization request without which it fails, or is of little use. */
  parameters?: readonly Parameter[]
  /** Where it is not RS256. */
  idTokenAlg?: string
  /** Departures from the specifications that the flow has to understand. */
  dialect?: readonly OddityName[]
  /** What else surprises people, a sentence each. */
  oddities: readonly string[]
  confidence: Readonly<Record<Fact, Confidence>>
  /** Open questions. */
  uncertain: readonly string[]
  /** Where the facts were read. */
  sources: readonly [string, ...string[]]
}
