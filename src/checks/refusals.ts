import type { Check } from '../check.ts'

/** What is refused before anything could be compared: named in a failure, never in a ledger. */
export interface Refusal extends Pick<Check<never>, 'id' | 'title' | 'section' | 'why' | 'fix'> {
  /** What others call it. */
  also?: readonly string[]
}

const REPORT = 'Report it to whoever runs this server.'
const ADDRESS = 'Open the address in a browser: a login page of the network, a proxy or a wrong address may answer there.'

/** The messages that have to be one JSON object. */
const objects = ['metadata', 'token-response', 'userinfo', 'registration']
/** The endpoints that have to answer themselves. */
const answering = ['metadata', 'token-response', 'userinfo', 'resource', 'registration']

/** Each id that a failure may name and that no check has. */
export const refusals: readonly Refusal[] = [
  ...objects.map((message) => ({
    id: `${message}-json`,
    title: 'the body is one JSON object',
    section: 'RFC 8259 2',
    why: 'Whatever else comes there, most often a web page, was not written by the endpoint that was asked.',
    fix: ADDRESS,
  })),
  ...answering.map((message) => ({
    id: `${message}-redirect`,
    title: 'the endpoint answers itself',
    section: 'RFC 9700 4.12',
    why: 'A redirect is not followed, so that nothing secret reaches a server that nobody named.',
    fix: 'Name the server’s present address.',
  })),
  {
    id: 'metadata-status',
    title: 'the metadata comes with status 200',
    section: 'OpenID Connect Discovery 4.2',
    why: 'The server has no such document at this address. A realm, a tenant or a version is often missing in the issuer.',
    fix: 'Open the issuer with /.well-known/openid-configuration behind it in a browser, or name the document with --metadata.',
  },
  {
    id: 'jwks-fetch',
    title: 'the issuer’s keys can be had',
    section: 'OpenID Connect Core 10.1',
    why: 'Without these keys nobody can verify an ID Token, and that it came over TLS is no substitute here.',
    fix: 'Open jwks_uri in a browser, and look whether it answers with keys.',
  },
  {
    id: 'token-response-status',
    title: 'the token endpoint answers with tokens or with an error of its own',
    section: 'RFC 6749 5.2',
    why: 'An answer that is neither leaves open what became of the code. It may be spent.',
    fix: 'Look whether the token endpoint is the right one, then into the server’s log.',
  },
  {
    id: 'token-response-duplicate',
    title: 'no name is in the response twice',
    section: 'RFC 6749 3.2',
    why: 'One name with two values can be read in two ways.',
    fix: REPORT,
  },
  {
    id: 'resource-status',
    title: 'the resource takes the token, or says why not',
    section: 'RFC 6750 3.1',
    why: 'A refusal without a reason in WWW-Authenticate leaves a client to guess.',
    fix: 'Look which resource or audience this token was issued for, and which scope the resource needs.',
  },
  {
    id: 'registration-endpoint',
    title: 'the metadata names a registration_endpoint',
    section: 'RFC 8414 2',
    why: 'A server without one does not let clients register themselves.',
    fix: 'Register by hand in the server’s console.',
  },
  {
    id: 'authorization-response-encoding',
    title: 'the values are percent-encoded UTF-8',
    section: 'RFC 6749 Appendix B',
    why: 'Other bytes can be read in more than one way, and guessing would change a value.',
    fix: REPORT,
  },
  {
    id: 'request-origin',
    title: 'a request goes where the metadata or the command line says',
    section: 'RFC 9700 4.4',
    why: 'Elsewhere it could carry a secret or a token to somebody who must not have it.',
    fix: 'Report it: no provider should be able to bring this about.',
  },
  {
    id: 'json-duplicate',
    title: 'no member is in an object twice',
    section: 'RFC 8259 4',
    why: 'Two readers of one object would take two different values for the truth.',
    fix: REPORT,
  },
  {
    id: 'json-depth',
    title: 'the JSON is not nested without end',
    section: 'RFC 8259 9',
    why: 'No message of the protocol needs it, and a parser can be brought down by it.',
    fix: REPORT,
  },
  {
    id: 'json-utf8',
    title: 'the JSON is UTF-8',
    section: 'RFC 8259 8.1',
    why: 'Other bytes can be read in more than one way.',
    fix: REPORT,
  },
  ...([
    ['cap', 'the answer is not larger than 1 MiB', 'RFC 9110 15.6', 'No message of the protocol is near that size.'],
    ['headers', 'the header is not larger than this client takes', 'RFC 9110 5.4', 'An endless header would fill the memory.'],
    ['length', 'the body is as long as its header says', 'RFC 9112 6.3', 'A body that was cut off may say something else than the whole.'],
    ['syntax', 'the answer is an HTTP message', 'RFC 9112 4', 'What is none can’t be relied on: another protocol or another program answers on this port.'],
    ['status', 'the status is one that HTTP knows', 'RFC 9110 15', 'A client can’t know what another number means.'],
    ['encoding', 'the body comes as it was asked for', 'RFC 9110 12.5.3', 'A compressed body was not asked for, and a small one may unfold without end.'],
  ] as const).map(([part, title, section, why]) => ({ id: `http-${part}`, title, section, why, fix: ADDRESS })),
  {
    id: 'http-deadline',
    also: ['timeout'],
    title: 'the answer comes in time',
    section: 'RFC 9110 15.6.5',
    why: 'A server that does not answer holds the login up.',
    fix: 'Wait longer with --timeout, or look how the server is.',
  },
  {
    id: 'tls-env',
    title: 'certificates are checked',
    section: 'RFC 9110 4.3.4',
    why: 'With NODE_TLS_REJECT_UNAUTHORIZED=0 any certificate would do, and a secret would go to whoever answers.',
    fix: 'Remove the variable from the environment, and name the certificate of a private authority with --ca.',
  },
  {
    id: 'proxy',
    title: 'the proxy opens the way',
    section: 'RFC 9110 9.3.6',
    why: 'HTTPS_PROXY names it, and where it refuses, nothing has reached the server.',
    fix: 'Look whether host and port in HTTPS_PROXY are right; NO_PROXY names what can be reached directly.',
  },
  {
    id: 'listener-port',
    also: ['EADDRINUSE'],
    title: 'the port of redirect_uri is free',
    section: 'RFC 8252 7.3',
    why: 'The authorization response would reach whichever program holds it.',
    fix: 'End that program, or register and use another port: --redirect-uri http://127.0.0.1:<port>/callback.',
  },
]
