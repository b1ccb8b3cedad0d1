import type { Parameter } from './events.ts'
import type { Dialect } from './providers/dialect.ts'

/** Where to walk and as whom. Built by the command line, or by hand in a test. */
export interface Settings {
  server: Server
  client: {
    id: string
    /** Absent for a public client. */
    secret?: string
    /** Chosen from the metadata where absent. */
    authMethod?: string
  }
  redirectUri: string
  /** Space-separated, as on the wire. */
  scope: string
  pkce: 'S256' | 'plain' | 'none'
  /** More parameters of the authorization request: `prompt`, `login_hint`, `max_age`, `acr_values` and any other. */
  parameters: Parameter[]
  /** More parameters of the token request. */
  tokenParameters: Parameter[]
  /** The protected resource; the UserInfo endpoint where absent. */
  resource?: string
  /** The one algorithm that an ID Token of this client may be signed with; RS256 where absent. */
  idTokenAlg?: string
  /** What this provider is known to do in its own way, by the names in providers/oddities.ts. */
  dialect?: Dialect
  /** Seconds by which the clocks may differ. */
  clockSkew: number
}

/** Where the authorization server's metadata comes from, and which endpoints the person named instead. */
export interface Server {
  /** The issuer identifier, exactly as it was typed. */
  issuer?: string
  /** A whole metadata URL, used as it is. */
  metadataUrl?: string
  /** A metadata document that was read from a file. */
  metadataDocument?: { text: string; from: string }
  endpoints: { authorization?: string; token?: string; userinfo?: string; jwks?: string }
}
