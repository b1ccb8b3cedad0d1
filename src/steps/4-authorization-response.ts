import { judge } from '../check.ts'
import { authorizationResponseChecks } from '../checks/authorization-response.ts'
import type { Lesson, Walk } from '../events.ts'
import { answeredWithError, valueOf } from '../exchange.ts'
import type { Arrival } from '../outside.ts'
import type { Settings } from '../settings.ts'
import type { AuthorizationServer, Transaction } from './0-prepare.ts'

export const lesson: Lesson = {
  step: 4,
  title: 'Authorization response',
  channel: 'front',
  from: 'browser',
  to: 'client',
  says: 'The browser delivers the code to the redirection endpoint. Anybody can send a browser there, so the client first looks whether this is the answer to its own request.',
  why: `The redirection endpoint is an address like any other: every web page can send your browser to it, with a code of the attacker’s choice. If the client took it, you would be logged in as somebody else without knowing, and what you store from then on would be theirs.

state ends that. It was made for this walk, it came back, and nobody else has seen it. iss ends another attack: where a client works with several servers, it says whose answer this is, so that a code is never taken to the wrong one.

An error can arrive here as well. It is believed only with the right state, or any page could stop your login.`,
  read: ['RFC 6749 4.1.2', 'RFC 6749 10.12', 'RFC 9207 2.4', 'RFC 9700 4.7'],
}

/**
 * Judges the response and returns the code.
 * @throws CheckFailed | AuthorizationServerError
 */
export async function* judgeResponse(arrival: Arrival, settings: Settings, server: AuthorizationServer, transaction: Transaction): Walk<string> {
  yield { type: 'step', ...lesson }
  yield { type: 'redirect', ...arrival }
  const { parameters } = arrival
  const { issuer, authorization_response_iss_parameter_supported: issAdvertised } = server.metadata
  yield* judge(authorizationResponseChecks, { parameters, state: transaction.state, issAdvertised, ...(issuer === undefined ? {} : { issuer }) })
  const error = valueOf(parameters, 'error')
  if (error !== undefined) {
    throw await answeredWithError({ error, description: valueOf(parameters, 'error_description'), at: 'authorization' }, { settings, metadata: server.metadata })
  }
  return valueOf(parameters, 'code') ?? ''
}
