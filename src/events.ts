/**
 * The vocabulary between the flow and everything that shows or stores it. The set is closed: a new step, check or
 * message is a new value of these, never a new kind.
 */

/** Step 0 prepares; 1 to 7 are the Authorization Code Flow. */
export type StepNumber = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7
export type Party = 'client' | 'browser' | 'authorization server' | 'resource'
/** Front: through the browser, readable there. Back: client and server alone. */
export type Channel = 'front' | 'back'

export interface Parameter {
  name: string
  value: string
}

export type Json = null | boolean | number | string | Json[] | JsonObject
export interface JsonObject {
  [name: string]: Json
}

/** What a step teaches: said when it begins, and at length behind a key. */
export interface Lesson {
  step: StepNumber
  title: string
  channel: Channel
  from: Party
  to: Party
  /** Two or three sentences for the screen. */
  says: string
  /** Why the step exists, at length. Paragraphs are separated by an empty line. */
  why: string
  /** Where to read, for example `RFC 6749 4.1.1`. */
  read: readonly string[]
}

export interface StepEvent extends Lesson {
  type: 'step'
}

/** Something that does not happen in this walk, and why. */
export interface SkipEvent {
  type: 'skip'
  what: string
  why: string
}

/** A value made here, or received and decoded here. */
export interface ValueEvent {
  type: 'value'
  name: string
  value: string
  origin: 'made' | 'received'
  /** What it is for, in at most eight words. */
  purpose: string
  /** Header and Claims, where the value is a JWT. */
  decoded?: { header: JsonObject; claims: JsonObject }
}

/** Front channel, out: the browser is sent to the authorization endpoint. */
export interface NavigateEvent {
  type: 'navigate'
  /** The endpoint with the query that it came with; `parameters` are appended to it. */
  endpoint: string
  parameters: Parameter[]
}

/** Front channel, in: what reached the redirection endpoint. Strangers are reported and do not end the wait. */
export interface RedirectEvent {
  type: 'redirect'
  method: string
  /** The path alone; the query is in `parameters`. */
  path: string
  parameters: Parameter[]
  accepted: boolean
  /** Why it was ignored, where it was. */
  reason?: string
  /** Milliseconds since the wait began. */
  at: number
  /** How it came: to the listener, or pasted by the person. */
  by: 'listener' | 'paste'
}

/** Back channel, out. */
export interface RequestEvent {
  type: 'request'
  /** What the specifications call it: `token request`, `UserInfo request`, `metadata request` … */
  name: string
  to: Party
  method: 'GET' | 'POST'
  url: string
  headers: Parameter[]
  /** The body, parameter by parameter: a form, or a JSON object where a header labels it so. */
  parameters: Parameter[]
}

/** Back channel, in. The answer to the request before it. */
export interface ResponseEvent {
  type: 'response'
  name: string
  from: Party
  status: number
  reason: string
  headers: Parameter[]
  body: string
  /** Measured inside `send`: nobody's reading time is in it. */
  milliseconds: number
  bytes: number
}

export interface CheckEvent {
  type: 'check'
  /** `<message>-<parameter>`, stable: people search for it. */
  id: string
  /** True when the check passes. */
  title: string
  status: 'pass' | 'fail' | 'warn' | 'skip'
  expected: string
  actual: string
  why: string
  /** Specification and section, for example `OpenID Connect Core 3.1.3.7`. */
  section: string
  level: Level
}

/** What the specification says of the rule; POLICY is this client's own. */
export type Level = 'MUST' | 'SHOULD' | 'MAY' | 'POLICY'

/** What the practice provider, or the browser built into it, saw on its side. Never there with a real provider. */
export interface ObservedEvent {
  type: 'observed'
  by: 'browser' | 'authorization server'
  step: StepNumber
  /** One sentence. */
  saw: string
  details: Parameter[]
}

export type WalkEvent =
  | StepEvent
  | SkipEvent
  | ValueEvent
  | NavigateEvent
  | RedirectEvent
  | RequestEvent
  | ResponseEvent
  | CheckEvent
  | ObservedEvent

/** Changes to the message that was just yielded: a new value for a parameter, or null to leave it out. */
export type Edits = Readonly<Record<string, string | null>>

/** Yields what happens, returns what it learned. Whoever pulls may answer a message that goes out with edits. */
export type Walk<Result> = AsyncGenerator<WalkEvent, Result, Edits | undefined>

export interface Outcome {
  status: 'completed' | 'failed' | 'cancelled'
  exit: number
  /** The four lines, where the walk did not complete. */
  error?: {
    happened: string
    means: string
    /** What probably caused it, the most probable first, with what speaks for it. */
    causes?: readonly { says: string; evidence?: string }[]
    tries: string[]
    read: string[]
    check?: string
  }
}

/** The bug report, the handout and the slide. */
export interface Transcript {
  version: 1
  events: WalkEvent[]
  outcome: Outcome
}
