/** Every way in which a walk may end early. Errors are told apart by type, never by their text. */

export interface Explanation {
  /** One line: what happened. */
  happened: string
  /** What that means. */
  means: string
  /** What probably caused it, in order, each with what speaks for it here. */
  causes?: readonly { says: string; evidence?: string }[]
  /** What to try, the most probable first. */
  tries: string[]
  /** Specification and section, or a page of ours. */
  read: string[]
  /** The check that decided, where one did. */
  check?: string
}

/** An ending that is nobody's bug here: it has an exit code and four lines. */
export abstract class WalkError extends Error {
  abstract readonly exit: number
  readonly explanation: Explanation

  constructor(explanation: Explanation, options?: ErrorOptions) {
    super(explanation.happened, options)
    this.explanation = explanation
  }
}

/** Flags, settings, or a setting that is refused before a secret moves. */
export class UsageError extends WalkError {
  readonly exit = 2
}

/** The authorization server answered with a well-formed OAuth error. */
export class AuthorizationServerError extends WalkError {
  readonly exit = 3
}

/** We refuse what came: a check failed. */
export class CheckFailed extends WalkError {
  readonly exit = 4
}

/** What came is malformed, too large or ambiguous. */
export class Malformed extends WalkError {
  readonly exit = 5
}

/** DNS, TLS, refused, or the deadline of a request. */
export class NetworkError extends WalkError {
  readonly exit = 6
}

/** Nobody finished the browser step in time. */
export class BrowserTimeout extends WalkError {
  readonly exit = 7
}

/** This machine: a port taken, a file not writable, stdout closed. */
export class MachineError extends WalkError {
  readonly exit = 8
}

/** A signal or `q`. Nothing is left behind. */
export class Cancelled extends Error {
  readonly exit: number

  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super(signal)
    this.exit = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]
  }
}
