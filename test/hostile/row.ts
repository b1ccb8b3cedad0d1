import type { JsonObject } from '../../src/events.ts'
import type { Facts, Knob } from './knob.ts'
import type { Endpoint, ProviderOptions } from './provider.ts'

/** What a machine reads, what a pipe gets, what a person sees. */
export const MODES = ['json', 'text', 'terminal'] as const
export type Mode = (typeof MODES)[number]

/** The unit tables know this one too: for the long run alone. */
export const rarely = (often: boolean) => (often ? { thorough: true } as const : {})

export interface Expectation {
  exit: number
  /** The check that decided, where one did. */
  check?: string
  /** Every check that warned, and no other. Where the walk completes and this is absent, none may. */
  warns?: readonly string[]
  /** Who was asked by the program itself, in order. Where absent: what `check` allows to have happened before it. */
  requests?: readonly Endpoint[]
  /** Who never got to see anything, the browser's requests included. */
  neverSent?: readonly Endpoint[]
  /** Parameters of the authorization request as they reached the server; `opened`: what the browser was started with. */
  asked?: Readonly<Record<string, string>>
  opened?: RegExp
  /** What has to stand in the output, and what must not. */
  shows?: readonly (string | RegExp)[]
  hides?: readonly (string | RegExp)[]
}

/** One way in which the world can be hostile, or a valid case next to one. */
export interface Row extends ProviderOptions {
  /** In the catalogue of hostile cases. */
  id: string
  says: string
  knob?: Knob
  /** What is typed in the place of the issuer. */
  typed?: (facts: Facts) => string
  /** A metadata document in a file, in the place of an issuer. */
  document?: (facts: Facts) => JsonObject
  /** After the usual arguments. */
  args?: readonly string[] | ((facts: Facts) => readonly string[])
  env?: Readonly<Record<string, string>> | ((facts: Facts) => Readonly<Record<string, string>>)
  /** Seconds that a request may take. */
  timeout?: number
  /** The certificate that is trusted, of test/fixtures/tls: that of the authority where absent. */
  ca?: 'none' | 'escaping'
  /** Milliseconds that the person takes to open the URL: none, where nothing has to be seen before. */
  hesitates?: number
  /** The program starts a browser, which notes its arguments and does nothing. */
  opens?: true
  /** Worth a look in every mode, in the short run too. */
  everyMode?: true
  /** A variant of its neighbour that the unit tables know as well: for the long run alone. */
  thorough?: true
  /** Why it can't be tried here. */
  skip?: string
  expect: Expectation
}
