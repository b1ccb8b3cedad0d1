import type { Lesson, Walk } from '../events.ts'

export const lesson: Lesson = {
  step: 3,
  title: 'Authorization code issued',
  channel: 'front',
  from: 'authorization server',
  to: 'browser',
  says: 'The authorization server makes a code, remembers what it stands for, and tells the browser to carry it to redirect_uri. This redirect too is between the browser and the server.',
  why: `Why a code first, and not the token at once? Because of the road. A redirect goes through the browser: it stays in the history, in logs, in front of every extension. A token on that road would be usable by whoever reads it.

A code is worth little to a thief. It works once and for about a minute. It works only for this client, who has to prove who it is, only with the same redirect_uri, and only with the code_verifier that never left this program.

The road has to go through the browser all the same. It is what ties the answer to the person who sat there: had the server called the client directly, nobody could say which of its users had logged in.`,
  read: ['RFC 6749 1.3.1', 'RFC 6749 4.1.2', 'RFC 6749 10.5', 'RFC 9700 2.1.2'],
}

/** The client learns of this step only by the next one: a 302 of the server reaches the browser alone. */
export async function* codeIssued(): Walk<void> {
  yield { type: 'step', ...lesson }
}
