import type { Parameter, RequestEvent } from '../events.ts'
import { contentTypeOf, encodeBody, FORM } from '../oauth/body.ts'
import { escapeJson, escapeToAscii } from './escape.ts'

/** A request as a command for a POSIX shell. */
export interface Command {
  text: string
  /** The shell variables that somebody has to set. */
  needs: string[]
}

/** What is never printed, or is used up by the time it is: by its name on the wire. */
const ALWAYS: Readonly<Record<string, string>> = {
  client_secret: 'AUTHWALK_CLIENT_SECRET',
  code: 'CODE',
  code_verifier: 'CODE_VERIFIER',
}
/** What its reader may not be shown. */
const WHERE_TAKEN_OUT: Readonly<Record<string, string>> = {
  access_token: 'ACCESS_TOKEN',
  refresh_token: 'REFRESH_TOKEN',
  token: 'TOKEN',
  client_assertion: 'CLIENT_ASSERTION',
}
const TAKEN_OUT = /^\[\w+(, \d+ characters, sha256 [0-9a-f]{8})?\]$/
const SECRET = '"$AUTHWALK_CLIENT_SECRET"'

/**
 * The client secret is never in it, and of a code, which works once, only the place: the shell puts them in. Everything
 * else is as its reader may see it.
 * @param clientId the user name of HTTP Basic authentication, whose header is not shown
 */
export function toCurl({ method, url, headers, parameters }: RequestEvent, clientId: string): Command {
  const basic = headers.some(isBasic)
  const address = addressOf(url)
  const options = [
    ...(method === 'POST' && parameters.length === 0 ? ['--request POST'] : []),
    ...(/[[\]{}]/.test(address) ? ['--globoff'] : []),
    ...(basic ? [`--user ${quoted(formEncoded(clientId))}:${SECRET}`] : []),
    ...headers.filter((header) => !isBasic(header)).map(header),
    ...(contentTypeOf(headers) === FORM ? parameters.map(data) : [json(headers, parameters)]),
  ]
  const text = [`curl ${quoted(address)}`, ...options].join(' \\\n  ')
  const found = [basic ? ALWAYS['client_secret'] : undefined, ...headers.map(bearerVariable), ...parameters.map(variableOf)]
  return { text, needs: [...new Set(found.filter((name) => name !== undefined))] }
}

const NOTES: Readonly<Record<string, string>> = {
  AUTHWALK_CLIENT_SECRET: 'form-encoded, unless it is letters and digits alone',
  CODE: 'a new one: it works once, and the walk has spent its own',
  CODE_VERIFIER: 'the one that this code is bound to',
}

/** The command, and above it what its reader has to put in. */
export function curlWithNotes(request: RequestEvent, clientId: string): string {
  const { text, needs } = toCurl(request, clientId)
  const widest = Math.max(0, ...needs.map(({ length }) => length))
  const notes = needs.map((name) => `# ${name.padEnd(widest)}  ${NOTES[name] ?? 'what was taken out here'}`)
  return [...notes, text].join('\n')
}

/** One word for the shell, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function isBasic({ name, value }: Parameter): boolean {
  return name.toLowerCase() === 'authorization' && /^basic /i.test(value)
}

function header({ name, value }: Parameter): string {
  const variable = bearerVariable({ name, value })
  if (variable === undefined) return `--header ${quoted(escapeToAscii(`${name}: ${value}`))}`
  return `--header ${quoted(escapeToAscii(`${name}: ${value.slice(0, value.indexOf(' ') + 1)}`))}"$${variable}"`
}

function bearerVariable({ name, value }: Parameter): string | undefined {
  const token = value.slice(value.indexOf(' ') + 1)
  return name.toLowerCase() === 'authorization' && TAKEN_OUT.test(token) && !isBasic({ name, value }) ? 'ACCESS_TOKEN' : undefined
}

/** By the parameter's own name: a text from outside that looks like a placeholder gets nobody's secret. */
function variableOf({ name, value }: Parameter): string | undefined {
  if (Object.hasOwn(ALWAYS, name)) return ALWAYS[name]
  return Object.hasOwn(WHERE_TAKEN_OUT, name) && TAKEN_OUT.test(value) ? WHERE_TAKEN_OUT[name] : undefined
}

/** One JSON object, the secret left for the shell to put in. */
function json(headers: readonly Parameter[], parameters: readonly Parameter[]): string {
  const shown = parameters.map(({ name, value }) => ({ name, value: name === 'client_secret' ? '' : value }))
  const text = quoted(escapeJson(encodeBody(headers, shown)))
  return `--data ${text.replace('"client_secret":""', `"client_secret":"'${SECRET}'"`)}`
}

/** Readable where every terminal can show it, percent-encoded where not. */
function data({ name, value }: Parameter): string {
  const key = formEncoded(name)
  const variable = variableOf({ name, value })
  if (variable !== undefined) return `--data-urlencode ${quoted(`${key}=`)}"$${variable}"`
  if (escapeToAscii(value) !== value) return `--data ${quoted(`${key}=${formEncoded(value)}`)}`
  return `--data-urlencode ${quoted(`${key}=${value}`)}`
}

/** As it goes out: ASCII, and one word. */
function addressOf(url: string): string {
  return URL.canParse(url) ? new URL(url).href : escapeToAscii(url)
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}
