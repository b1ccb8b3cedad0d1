import type { Walk } from './events.ts'
import type { Outside } from './outside.ts'
import { pinned } from './pinned.ts'
import type { Settings } from './settings.ts'
import { type AuthorizationServer, makeTransaction, prepare } from './steps/0-prepare.ts'
import { requestAuthorization, responseMode } from './steps/1-authorization-request.ts'
import { awaitUser } from './steps/2-user-authentication.ts'
import { codeIssued } from './steps/3-authorization-code.ts'
import { judgeResponse } from './steps/4-authorization-response.ts'
import { requestTokens } from './steps/5-token-request.ts'
import { judgeTokens, type Tokens } from './steps/6-token-response.ts'
import { type Answers, useTokens } from './steps/7-tokens-used.ts'

/** What a walk leaves in the client's hands. */
export interface Learned {
  server: AuthorizationServer
  tokens: Tokens
  answers: Answers
}

/**
 * The OAuth 2.0 / OpenID Connect Authorization Code Flow as a confidential client (RFC 6749 4.1, OpenID Connect Core
 * 3.1). Yields what happens, returns what it learned, and does nothing until it is pulled. A message that goes out is
 * yielded before it is sent, and `next` may answer it with edits.
 *
 * @throws WalkError every ending that is not the last line
 */
export async function* authorizationCodeFlow(settings: Settings, outside: Outside): Walk<Learned> {
  const server = yield* prepare(settings, outside)
  const door = pinned(outside, server.metadata, settings.resource)
  const transaction = yield* makeTransaction(settings, outside)
  await using listener = await outside.listen(settings.redirectUri, transaction.state, responseMode(settings))

  const sent = yield* requestAuthorization(settings, server, transaction, door)
  const arrival = yield* awaitUser(listener)
  yield* codeIssued()
  const code = yield* judgeResponse(arrival, settings, server, transaction)
  const response = yield* requestTokens(code, settings, server, transaction, door)
  const tokens = yield* judgeTokens(response, code, sent, settings, server, door)
  const answers = yield* useTokens(tokens, settings, server, door)

  listener.conclude()
  return { server, tokens, answers }
}
