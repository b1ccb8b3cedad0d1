import type { Lesson, Walk } from '../events.ts'
import type { Arrival, Listener } from '../outside.ts'

export const lesson: Lesson = {
  step: 2,
  title: 'User authentication and consent',
  channel: 'front',
  from: 'browser',
  to: 'authorization server',
  says: 'You log in at the authorization server and agree to what the client may do. The client sees none of this, and that is the point.',
  why: `Look at the address bar before you type a password: it is the authorization server’s, and the password goes there and nowhere else. How it checks you, with a password, a passkey or a second factor, is between you and that server. It can become stricter tomorrow without a change in any client.

Then it may ask you whether the client shall have what it wants. That question is yours: a client can ask for any scope, and only you or the server’s rules decide.

Because the client can’t look in, it can only wait. When nothing comes back, the reason is on the page in the browser. A server must not redirect to an address that it does not know, so a wrong redirect_uri or client_id shows there and never here.`,
  read: ['RFC 6749 4.1', 'RFC 6749 4.1.2.1', 'OpenID Connect Core 3.1.2.3', 'RFC 8252 8.12'],
}

/** Waits. Strangers at the redirection endpoint are shown and change nothing. */
export async function* awaitUser(listener: Listener): Walk<Arrival> {
  yield { type: 'step', ...lesson }
  for (;;) {
    const arrival = await listener.next()
    if (arrival.accepted) return arrival
    yield { type: 'redirect', ...arrival }
  }
}
