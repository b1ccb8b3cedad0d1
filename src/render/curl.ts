import type { Parameter, RequestEvent } from '../events.ts'
import { contentTypeOf, encodeBody, FORM } from '../oauth/body.ts'
import { escapeJson, escapeToAscii } from './escape.ts'

const SECRET = '"$AUTHWALK_CLIENT_SECRET"'
const NOTE = '# form-encode the secret first if it holds more than letters, digits and - . _ *'

/**
 * The request as a command for a POSIX shell. The client secret is never in it: the shell puts it in. Everything else
 * is as its reader may see it.
 * @param clientId the user name of HTTP Basic authentication, whose header is not shown
 */
export function toCurl({ method, url, headers, parameters }: RequestEvent, clientId: string): string {
  const basic = headers.some(isBasic)
  const address = addressOf(url)
  const others = headers.filter((header) => !isBasic(header))
  const options = [
    ...(method === 'POST' && parameters.length === 0 ? ['--request POST'] : []),
    ...(/[[\]{}]/.test(address) ? ['--globoff'] : []),
    ...(basic ? [`--user ${quoted(formEncoded(clientId))}:${SECRET}`] : []),
    ...others.map(({ name, value }) => `--header ${quoted(escapeToAscii(`${name}: ${value}`))}`),
    ...(contentTypeOf(headers) === FORM ? parameters.map(data) : [json(headers, parameters)]),
  ]
  const command = [`curl ${quoted(address)}`, ...options].join(' \\\n  ')
  return basic ? `${NOTE}\n${command}` : command
}

function isBasic({ name, value }: Parameter): boolean {
  return name.toLowerCase() === 'authorization' && /^basic /i.test(value)
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
  if (name === 'client_secret') return `--data-urlencode ${quoted(`${key}=`)}${SECRET}`
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

/** One word for the shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
