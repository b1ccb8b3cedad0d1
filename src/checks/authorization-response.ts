import type { Check } from '../check.ts'
import type { Parameter } from '../events.ts'

export interface AuthorizationResponseInput {
  parameters: readonly Parameter[]
  /** The one of the authorization request. */
  state: string
  /** Of the server that the request went to, where it is known. */
  issuer?: string
  issAdvertised: boolean
}

type AuthorizationResponseCheck = Check<AuthorizationResponseInput>

const ONCE = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri', 'session_state']
const FRONT_CHANNEL_TOKENS = ['access_token', 'id_token', 'token']
/** NQSCHAR without the exclusions of RFC 6749 A.7 and A.8. */
const ERROR_CHARACTERS = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/
const CODE_CHARACTERS = /^[\x20-\x7e]+$/
const MAX_CODE = 32 * 1024

export const authorizationResponseChecks: readonly AuthorizationResponseCheck[] = [
  {
    id: 'authorization-response-duplicate',
    title: 'no parameter comes twice',
    section: 'RFC 6749 3.1',
    level: 'MUST',
    onFail: 'stop',
    why: 'Two values for one name let an attacker show one of them to the check and the other to the code behind it.',
    fix: 'Walk again. If it comes back, something between you and the server changes the redirect.',
    test: ({ parameters }) => {
      const twice = ONCE.filter((name) => all(parameters, name).length > 1)
      return { ok: twice.length === 0, expected: 'each once', actual: twice.length ? `${twice.join(', ')} more than once` : 'each once' }
    },
  },
  {
    id: 'authorization-response-state',
    title: 'state is the one made for this walk',
    section: 'RFC 6749 10.12',
    level: 'MUST',
    onFail: 'stop',
    why: 'Any web page can send your browser here with a code of its own. Only the answer to your own request carries your state.',
    fix: 'Walk again, in one browser tab.',
    test: ({ parameters, state }) => {
      const ok = all(parameters, 'state').every((value) => value === state) && first(parameters, 'state') !== undefined
      return { ok, expected: 'the state of step 1', actual: ok ? 'the state of step 1' : 'another one' }
    },
  },
  {
    id: 'authorization-response-iss-missing',
    title: 'iss is there, as the metadata promises',
    section: 'RFC 9207 2.4',
    level: 'MUST',
    onFail: 'stop',
    why: 'This server says that it names itself in each response. One that does not may come from somebody else: a mix-up.',
    fix: 'Walk again. If it stays away, the server’s metadata promises what it does not do.',
    test: ({ parameters, issAdvertised }) =>
      issAdvertised
        ? { ok: first(parameters, 'iss') !== undefined, expected: 'an iss parameter', actual: first(parameters, 'iss') ?? 'none' }
        : { skip: 'the metadata does not promise it' },
  },
  {
    id: 'authorization-response-iss',
    title: 'iss is the issuer that the request went to',
    section: 'RFC 9207 2.4',
    level: 'MUST',
    onFail: 'stop',
    why: 'A code of one server must not be taken to another one’s token endpoint. That is the mix-up attack, and this comparison ends it.',
    fix: 'Start again from the issuer that you mean, and compare the two names letter by letter.',
    test: ({ parameters, issuer }) => {
      const iss = first(parameters, 'iss')
      if (iss === undefined) return { skip: 'not sent' }
      if (issuer === undefined) return { skip: `sent (${iss}), but no issuer is known to compare with` }
      return { ok: iss === issuer, expected: issuer, actual: iss }
    },
  },
  {
    id: 'authorization-response-flow',
    title: 'no token came through the browser',
    section: 'RFC 9700 2.1.2',
    level: 'SHOULD',
    onFail: 'stop',
    why: 'A code was asked for. A token in the address bar is another flow, and it lies in the browser history from there on.',
    fix: 'Find out who asked for response_type=token, and treat that token as lost.',
    test: ({ parameters }) => {
      const found = FRONT_CHANNEL_TOKENS.filter((name) => first(parameters, name) !== undefined)
      return { ok: found.length === 0, expected: 'no token', actual: found.join(', ') || 'no token' }
    },
  },
  {
    id: 'authorization-response-jarm',
    title: 'the parameters came as themselves',
    section: 'RFC 6749 4.1.2',
    level: 'POLICY',
    onFail: 'stop',
    why: 'A response inside a JWT is an extension (JARM) that this client did not ask for and could not judge.',
    fix: 'Remove response_mode=jwt from the request or from the registration.',
    test: ({ parameters }) => ({
      ok: first(parameters, 'response') === undefined,
      expected: 'no response parameter',
      actual: first(parameters, 'response') === undefined ? 'no response parameter' : 'a response parameter',
    }),
  },
  {
    id: 'authorization-response-error-charset',
    title: 'the error text keeps to its characters',
    section: 'RFC 6749 4.1.2.1',
    level: 'MUST',
    onFail: 'warn',
    why: 'Control characters in an error text can repaint a terminal or forge a log line. They are shown here as what they are.',
    fix: 'Report it to whoever runs this server.',
    test: ({ parameters }) => {
      const texts = [...all(parameters, 'error'), ...all(parameters, 'error_description')]
      if (texts.length === 0) return { skip: 'no error was sent' }
      const bad = texts.find((text) => !ERROR_CHARACTERS.test(text))
      return { ok: bad === undefined, expected: 'printable ASCII without " and \\', actual: bad ?? 'printable ASCII without " and \\' }
    },
  },
  {
    id: 'authorization-response-code-syntax',
    title: 'code has the form of a code',
    section: 'RFC 6749 A.11',
    level: 'MUST',
    onFail: 'stop',
    why: 'A code is printable ASCII. Anything else in its place is damage on the way, or an attempt to get into the next request.',
    fix: 'Walk again. If it comes back, look at what rewrites the redirect on its way.',
    test: ({ parameters }) => {
      const code = first(parameters, 'code')
      if (first(parameters, 'error') !== undefined) return { skip: 'an error came instead of a code' }
      if (code === undefined) return { ok: false, expected: 'a code', actual: 'neither code nor error' }
      const ok = CODE_CHARACTERS.test(code) && code.length <= MAX_CODE
      return { ok, expected: '1 to 32768 printable ASCII characters', actual: ok ? `${code.length} of them` : code === '' ? 'an empty one' : 'other characters, or more' }
    },
  },
]

function all(parameters: readonly Parameter[], name: string): string[] {
  return parameters.filter((parameter) => parameter.name === name).map(({ value }) => value)
}

function first(parameters: readonly Parameter[], name: string): string | undefined {
  return parameters.find((parameter) => parameter.name === name)?.value
}
