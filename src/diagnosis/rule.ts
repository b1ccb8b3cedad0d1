import type { ServerMetadata } from '../oauth/metadata.ts'
import type { Preset } from '../providers/preset.ts'
import type { Settings } from '../settings.ts'

/** The endpoint that an error came from. */
export type Place = 'authorization' | 'token' | 'resource'

/**
 * What an error is about. It also tells how far the server had come: whoever complains about the code has let the
 * client in, and whoever complains about a missing session knows client and redirect_uri.
 */
export type Subject =
  | 'client'
  | 'redirect_uri'
  | 'session'
  | 'person'
  | 'flow'
  | 'scope'
  | 'pkce'
  | 'request'
  | 'code'
  | 'token'
  | 'server'

/** What is known about the walk when an error comes. */
export interface Facts {
  settings?: Settings
  metadata?: ServerMetadata
  /** The method of client authentication in use. */
  authMethod?: string
  preset?: Preset
}

/** What speaks for a cause in this very walk. */
export interface Seen {
  evidence: string
  /** Narrower than the fix of the rule. */
  fix?: string
}

export interface Cause {
  says: string
  seen: (facts: Facts) => Seen | undefined
}

/** What one error means. */
export interface Rule {
  /** What people search for. Without `says` it is the value of `error` too. */
  id: string
  at: Place
  /** The preset whose own message it is. */
  provider?: string
  /** What error and description, or the page, say. */
  says?: RegExp
  /** The words are too common to stand for it where the provider is not known. */
  only?: true
  about: Subject
  means: string
  /** The most probable first. */
  causes: readonly (string | Cause)[]
  fix: string
  /** Specification and section, where it is not that of its subject. */
  read?: string
}
