import { Option } from 'commander'
import type { Parameter } from '../events.ts'
import { signatureAlgorithms } from '../oauth/algorithms.ts'
import { clientAuthenticationMethods } from '../oauth/client-authentication.ts'
import * as take from './values.ts'

/** What the flags say, each already checked. Absent: not given. */
export interface Flags {
  /** The id of a known provider, and what its preset can't know. */
  provider?: string
  tenant?: string
  domain?: string
  app?: string
  /** The name of a saved profile. */
  profile?: string
  metadata?: string
  /** The id of a lie, where the practice provider is to tell one. */
  practice?: true | string
  clientId?: string
  clientSecretFile?: string
  scope?: string
  redirectUri?: string
  authMethod?: string
  idTokenAlg?: string
  pkce?: (typeof PKCE)[number]
  offline?: true
  param?: Parameter[]
  tokenParam?: Parameter[]
  resource?: string
  prompt?: string
  loginHint?: string
  maxAge?: number
  acrValues?: string
  authorizationEndpoint?: string
  tokenEndpoint?: string
  userinfoEndpoint?: string
  jwksUri?: string
  ca?: string
  /** Where a tunnel brings the redirect URI's requests. */
  listen?: string
  cert?: string
  key?: string
  /** Seconds for each request. */
  timeout: number
  /** Seconds for the browser step. */
  wait: number
  browser?: Browser
  pause: boolean
  hideTokens?: true
  showSecrets?: true
  json?: true
  save?: string
  saveProfile?: string
  report?: ReportFile[]
  print?: TokenName
  debug?: true
  clockSkew: number
}

/** What `authwalk practice` takes. */
export interface PracticeFlags {
  port: number
  lie?: string
  redirectUri: string
}

/** A report of the walk, and where it goes. */
export interface ReportFile {
  format: string
  file: string
}

export type Browser = (typeof BROWSERS)[number]
export type TokenName = (typeof TOKENS)[number]

const BROWSERS = ['system', 'none', 'builtin'] as const
const PKCE = ['S256', 'plain', 'none'] as const
const TOKENS = ['access_token', 'id_token', 'refresh_token'] as const

export const DEFAULT_REDIRECT_URI = 'http://127.0.0.1:8765/callback'

/** The walk's own default gives way to a preset's or a profile's, so commander does not fill it in. */
const redirectUri = (usual = '') =>
  new Option('--redirect-uri <uri>', `where the answer may go, as registered${usual}`).argParser(take.redirectUri)

/** The flags of `authwalk`, by their heading in the help. */
export const walkOptions = (): Record<string, Option[]> => ({
  'Where to walk:': [
    new Option('--practice [lie]', 'on the practice provider, on this machine alone; it can lie'),
    text('--profile <name>', 'a saved profile, see authwalk profiles', 'work-staging'),
    text('--provider <id>', 'a known provider, see authwalk providers', 'google'),
    text('--tenant <id>', 'which tenant, realm or pool there', 'my-tenant'),
    text('--domain <host|url>', 'where the provider runs', 'login.example.com'),
    text('--app <name>', 'which application there', 'my-app'),
    new Option('--metadata <url|file>', 'the metadata document itself').argParser(take.metadata),
    url('--authorization-endpoint', 'instead of the one in the metadata'),
    url('--token-endpoint', 'likewise; the two together need no metadata'),
    url('--userinfo-endpoint', 'likewise'),
    url('--jwks-uri', 'likewise'),
    url('--resource', 'the protected resource to ask (default: UserInfo)'),
    text('--ca <file>', 'certificates to trust besides the usual, PEM', 'ca.pem'),
  ],
  'As whom:': [
    text('--client-id <id>', 'or AUTHWALK_CLIENT_ID', 'walkthrough'),
    text('--client-secret-file <path|->', 'or AUTHWALK_CLIENT_SECRET; - is standard input', 'secret.txt'),
    oneOf('--auth-method <name>', Object.keys(clientAuthenticationMethods).join(', '), Object.keys(clientAuthenticationMethods)),
    oneOf('--id-token-alg <alg>', 'how ID Tokens for this client are signed, as registered (default: RS256)', signatureAlgorithms),
    redirectUri(` (default: ${DEFAULT_REDIRECT_URI})`),
    new Option('--listen <url>', 'where a tunnel brings what goes to the redirect URI').argParser(take.listen),
    text('--cert <file>', 'for an https redirect URI (default: made for the walk)', 'cert.pem'),
    text('--key <file>', 'the private key of --cert', 'key.pem'),
  ],
  'What to ask for:': [
    new Option('--scope <scopes>', 'separated by spaces (default: openid profile)'),
    new Option('--offline', 'a refresh token too, in the way of this provider'),
    oneOf('--pkce <method>', `${PKCE.join(', ')} (default: S256)`, PKCE),
    text('--prompt <values>', 'none, login, consent, select_account', 'login'),
    text('--login-hint <hint>', 'who is likely to log in', 'alice'),
    new Option('--max-age <seconds>', 'how old the login may be')
      .argParser(take.number('--max-age', 'seconds', { from: 0, to: 999_999_999, example: 3600 })),
    text('--acr-values <values>', 'how strong the login should be', 'urn:example:gold'),
    new Option('--param <name=value>', 'one more for the authorization request; repeatable')
      .argParser(take.parameter('--param')),
    new Option('--token-param <name=value>', 'one more for the token request; repeatable')
      .argParser(take.parameter('--token-param')),
  ],
  'How to walk:': [
    oneOf('--browser <how>', `${BROWSERS.join(', ')} (builtin: practice provider alone)`, BROWSERS),
    new Option('--no-pause', 'run through'),
    seconds('--timeout', 'for each request', 10),
    seconds('--wait', 'for the browser step', 300),
    new Option('--clock-skew <seconds>', 'by which the clocks may differ')
      .argParser(take.number('--clock-skew', 'seconds', { from: 0, to: 600, example: 60 })).default(300),
  ],
  'What to show and keep:': [
    new Option('--hide-tokens', 'on the terminal too, for a projector'),
    new Option('--show-secrets', 'in pipes, transcripts and files too'),
    new Option('--json', 'one transcript on standard output'),
    text('--save-profile <name>', 'keep these settings, without the secret', 'work-staging'),
    text('--save <file>', 'write the transcript, readable by you alone', 'walk.json'),
    new Option('--report <format=file>', 'the walk in another form, see authwalk report; repeatable')
      .argParser(take.reportFile),
    oneOf('--print <token>', `that one alone: ${TOKENS.join(', ')}`, TOKENS),
    new Option('--debug', 'the stack of a bug of ours'),
  ],
})

/** Those of the walk's options that another command takes as the walk does, by their long names. */
export function optionsOfTheWalk(names: ReadonlySet<string>): Option[] {
  return Object.values(walkOptions()).flat().filter(({ long }) => names.has(long ?? ''))
}

/** The flags of `authwalk practice`. */
export const practiceOptions = (): Option[] => [
  new Option('--port <port>', 'where it listens')
    .argParser(take.number('--port', 'a port', { from: 1, to: 65535, example: 4455 })).default(4455),
  text('--lie <id>', 'what it does wrong, named after the check that must notice', 'id-token-aud'),
  redirectUri().default(DEFAULT_REDIRECT_URI),
]

function oneOf(flags: string, says: string, choices: readonly string[]): Option {
  const [flag = flags] = flags.split(' ')
  return new Option(flags, says).choices(choices).argParser(take.choice(flag, choices))
}

function url(flag: string, says: string): Option {
  return new Option(`${flag} <url>`, says).argParser(take.endpoint(flag))
}

function text(flags: string, says: string, example: string): Option {
  const [flag = flags] = flags.split(' ')
  return new Option(flags, says).argParser(take.nonEmpty(flag, 'a value that is not empty', example))
}

function seconds(flag: string, says: string, usual: number): Option {
  return new Option(`${flag} <seconds>`, says)
    .argParser(take.number(flag, 'seconds', { from: 1, to: 86_400, example: usual })).default(usual)
}
