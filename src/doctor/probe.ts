import type { Outside } from '../outside.ts'
import type { JsonObject } from '../events.ts'
import type { Senses } from '../io/senses.ts'
import type { ServerMetadata } from '../oauth/metadata.ts'
import type { Settings } from '../settings.ts'
import type { Clients } from './client-attempts.ts'
import type { Document } from './documents.ts'
import type { Landings } from './landing.ts'

/** How sure a verdict is: nothing else can be the reason, it most likely is, or it may be. */
export type Sure = 'certain' | 'probable' | 'possible'

export interface Verdict {
  status: 'pass' | 'warn' | 'fail' | 'undecided'
  /** In a few words, for one line. */
  found: string
  evidence?: readonly string[]
  /** What to change; where nothing could be decided, what would decide it. */
  fix?: string
  sure?: Sure
  section?: string
  /** The class of a failure, where it is not that of the probe. */
  exit?: number
}

export type Family = 'This machine' | 'Network' | 'Metadata' | 'Keys' | 'Settings' | 'Redirect URI' | 'Authorization request' | 'Client authentication'

/** What has to be there for a probe to make sense. */
export type Need = 'network' | 'issuer' | 'metadata' | 'openid' | 'https'

export interface Probe {
  id: string
  family: Family
  /** True when it passes. */
  title: string
  section?: string
  /** What is asked, and what the answer is held against. */
  how: string
  needs: readonly Need[]
  /** The exit code where it is the first to fail. */
  exit: number
  /** What it leaves behind somewhere. Probes without it leave nothing. */
  sideEffect?: string
  /** Undefined where it does not apply. May throw a WalkError, which is a failure too, or Unmet. */
  run(context: Context): Promise<Verdict | undefined>
}

export interface Context {
  settings: Settings
  outside: Outside
  senses: Senses
  /** Metadata and settings alone: nothing is sent. */
  offline: boolean
  /** The person has agreed to one token request with a made-up secret. */
  wrongSecret: boolean
  /** What the provider's console says, where the person knows. */
  registered?: string
  /** Both forms of the metadata, or what stands in their place. */
  documents(): Promise<Document[]>
  /** @throws Unmet */
  document(): Promise<JsonObject>
  /**
   * The same once every check that would stop a walk has passed: what is asked of its endpoints, and what is sent
   * there, rests on it.
   * @throws Unmet
   */
  metadata(): Promise<ServerMetadata>
  /** @throws Unmet */
  jwks(): Promise<JsonObject>
  /** @throws Unmet */
  landings(): Promise<Landings>
  /** @throws Unmet */
  clients(): Promise<Clients>
}

/** What a probe needs could not be had, and another probe says why. */
export class Unmet extends Error {}
