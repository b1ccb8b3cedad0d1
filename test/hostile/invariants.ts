import { holds } from './canaries.ts'
import type { Received } from './provider.ts'
import type { Run } from './run.ts'

/** KiB that a walk may need at most beyond an honest one. */
export const MOST_GROWTH = 64 * 1024
/** Milliseconds beyond the deadline of a request. */
const LATE = 1_000

/**
 * What holds after every walk, whatever the world did: the letters are those of the catalogue.
 * @param usual KiB that an honest walk needs
 * @returns each promise that was broken, in words
 */
export function brokenPromises(run: Run, usual: number): string[] {
  return promises.flatMap(({ id, broken }) => broken(run, usual).map((problem) => `${id}: ${problem}`))
}

interface Promised {
  id: string
  broken: (run: Run, usual: number) => string[]
}

const promises: readonly Promised[] = [
  { id: 'G1 each secret goes to its place alone, and never in a URL', broken: (run) => [...strayed(run), ...inUrls(run)] },
  { id: 'G2 no secret in an output, a file, the environment', broken: (run) => leaked(run) },
  { id: 'G3 exit 0 only where no check has failed', broken: ({ exit, transcript }) => (exit === 0 && failedChecks(transcript).length > 0 ? failedChecks(transcript) : []) },
  { id: 'G4 nothing from outside reaches a terminal as it came', broken: (run) => dangerous(run) },
  { id: 'G5 no stack, no warning of Node, no exit 1', broken: (run) => crashed(run) },
  { id: 'G6 bounded', broken: (run, usual) => unbounded(run, usual) },
  { id: 'G9 nothing is left', broken: (run) => leftOver(run) },
  { id: 'G10 one document with an outcome', broken: ({ mode, transcript, exit }) => (mode === 'json' && transcript?.outcome.exit !== exit ? ['the outcome says another exit code'] : []) },
  { id: 'G12 nobody is asked whom only the hostile side named', broken: ({ provider }) => provider.received.filter(({ at }) => at === 'stranger').map(({ text }) => text) },
]

/** By the name on the wire: who may receive it. */
const places: Readonly<Record<string, readonly Received['at'][]>> = {
  client_secret: ['token'],
  password: ['login'],
  code: ['token'],
  code_verifier: ['token'],
  access_token: ['userinfo', 'resource'],
  refresh_token: [],
  id_token: [],
}

function strayed({ provider }: Run): string[] {
  const secrets = secretsOf(provider)
  return provider.received.flatMap(({ at, text }) =>
    Object.entries(secrets).filter(([name, value]) => holds(text, value) && !places[name]?.includes(at)).map(([name]) => `${name} was sent to ${at}`))
}

/** No URL holds a secret, and nobody gets a cookie back. */
function inUrls({ provider: { received, issued, facts } }: Run): string[] {
  const secrets = Object.entries(secretsOf({ issued, facts }))
  return received.flatMap(({ at, text }) => [
    ...secrets.filter(([, value]) => holds(text.split('\n')[0] ?? '', value)).map(([name]) => `${name} in the URL of ${at}`),
    ...(at !== 'authorize' && at !== 'login' && /\ncookie\n/i.test(text) ? [`a cookie was sent to ${at}`] : []),
  ])
}

/** A terminal shows tokens and the code, for they are what its owner came for. */
const SHOWN_TO_OWNER = ['code', 'access_token', 'refresh_token', 'id_token']

function leaked({ mode, stdout, stderr, files, census, provider }: Run): string[] {
  const sinks = { stdout, stderr, environment: JSON.stringify(census.environment), files: Object.values(files).join('\n') }
  const secrets = Object.entries(secretsOf(provider)).filter(([name]) => mode !== 'terminal' || !SHOWN_TO_OWNER.includes(name))
  return secrets.flatMap(([name, value]) => Object.entries(sinks).filter(([, text]) => holds(text, value)).map(([sink]) => `${name} in ${sink}`))
}

function secretsOf({ facts: { canaries, redeemed }, issued }: Pick<Run['provider'], 'facts' | 'issued'>): Record<string, string> {
  return {
    client_secret: canaries.secret,
    password: canaries.password,
    code: canaries.code,
    code_verifier: redeemed.get('code_verifier') ?? '',
    access_token: canaries.accessToken,
    refresh_token: canaries.refreshToken,
    id_token: signatureOf(issued.idToken),
  }
}

function leftOver({ row, census, files }: Run): string[] {
  const written = Object.keys(files).filter((name) => name !== 'opened' || row.expect.opened === undefined)
  return [...(census.emptied ? [] : ['the event loop did not run empty']), ...written]
}

/** What makes a token of the rest, as far as anybody would need it to tell it from another. */
function signatureOf(compact: string): string {
  const [, , signature = '', ...more] = compact.slice(0, 100_000).split('.')
  return more.length === 0 && signature.length >= 20 ? signature.slice(0, 200) : ''
}

function failedChecks(transcript: Run['transcript']): string[] {
  return (transcript?.events ?? []).flatMap((event) => (event.type === 'check' && event.status === 'fail' ? [event.id] : []))
}

/** C0 without the line feed, DEL, C1, BiDi, zero width, separators, tags. */
const UNSAFE = /[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u
/** What the program itself tells a terminal: colours, cursor, erasing. */
const OWN_CONTROLS = /\x1b\[\??[0-9;]*[A-Za-z]|\r?\n|\r/g
/** The marks of the payloads in the tables, with which they would still be recognised among the program's own. */
const PAYLOADS = /\x1b\[(?:38;5;203m|2J|1;1H)/

function dangerous({ mode, stdout, stderr }: Run): string[] {
  const own = mode === 'terminal' ? stdout.replace(OWN_CONTROLS, '') : stdout
  const found = UNSAFE.exec(own) ?? UNSAFE.exec(stderr) ?? PAYLOADS.exec(stdout)
  return found ? [JSON.stringify((own + stderr).slice(Math.max(0, found.index - 40), found.index + 40))] : []
}

function crashed({ exit, stdout, stderr }: Run): string[] {
  const traces = /\n\s+at .*:\d+:\d+|\(node:\d+\)|a bug of ours|UnhandledPromise|DeprecationWarning/.exec(stdout + stderr)
  return [...([1, 13].includes(exit) || exit > 128 ? [`exit ${exit}`] : []), ...(traces ? [traces[0]] : [])]
}

function unbounded({ row: { timeout = 5 }, provider, census }: Run, usual: number): string[] {
  const held = provider.received.filter(({ open = 0, at }) => at !== 'login' && at !== 'authorize' && open > timeout * 1_000 + LATE)
  const growth = census.peak - usual
  return [...held.map(({ at, open }) => `${at} was held for ${open} ms`), ...(growth > MOST_GROWTH ? [`${growth} KiB more than usual`] : [])]
}
