import type { Lesson, Parameter, Walk } from '../events.ts'
import { exchange } from '../exchange.ts'
import { clientAuthenticationMethods } from '../oauth/client-authentication.ts'
import type { Outside, Response } from '../outside.ts'
import { tokenRequestHeaders } from '../providers/dialect.ts'
import type { Settings } from '../settings.ts'
import type { AuthorizationServer, Transaction } from './0-prepare.ts'

export const lesson: Lesson = {
  step: 5,
  title: 'Token request',
  channel: 'back',
  from: 'client',
  to: 'authorization server',
  says: 'Now the client speaks to the authorization server directly, without the browser. It proves who it is with its secret, hands in the code, and shows the code_verifier that belongs to the challenge of step 1.',
  why: `This is the one message with the secret in it. It goes straight from the client to the token endpoint, so no browser, history or extension ever sees it. The client sends it at once and once: a code lives about a minute, and a second use may make the server revoke what the first one got.

Three locks are opened here. client_id and client_secret say which client this is: a code that was stolen on its way is useless without them. redirect_uri is sent again, so that the server can see that the code was delivered where it was meant to go. code_verifier says that whoever redeems the code is who asked for it.

Why the verifier, when there is a secret? The secret proves the client, not the transaction. An attacker can smuggle a stolen code into an honest client, which would redeem it with its own good secret. It would not have the right verifier.`,
  read: ['RFC 6749 4.1.3', 'RFC 6749 2.3.1', 'RFC 7636 4.5', 'RFC 9700 2.1.1'],
}

export async function* requestTokens(
  code: string,
  settings: Settings,
  server: AuthorizationServer,
  transaction: Transaction,
  outside: Outside,
): Walk<Response> {
  yield { type: 'step', ...lesson }
  const proof = clientAuthenticationMethods[server.authMethod]?.apply(settings.client) ?? { headers: [], parameters: [] }
  const ours = [
    { name: 'grant_type', value: 'authorization_code' },
    { name: 'code', value: code },
    { name: 'redirect_uri', value: settings.redirectUri },
    { name: 'code_verifier', value: transaction.codeVerifier },
    ...proof.parameters,
  ]
  const byHand = new Set(settings.tokenParameters.map(({ name }) => name))
  const parameters: Parameter[] = ours.flatMap(({ name, value }) => (value === undefined || byHand.has(name) ? [] : [{ name, value }]))
  return yield* exchange({
    name: 'token request',
    to: 'authorization server',
    method: 'POST',
    url: server.metadata.token_endpoint,
    headers: [{ name: 'accept', value: 'application/json' }, ...tokenRequestHeaders(settings.dialect), ...proof.headers],
    parameters: [...parameters, ...settings.tokenParameters],
  }, outside)
}
