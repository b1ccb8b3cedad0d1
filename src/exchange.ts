import { examine } from './check.ts'
import { byteOrderMarkCheck } from './checks/json.ts'
import type { Json, JsonObject, Parameter, Party, Walk, WalkEvent } from './events.ts'
import type { Facts, Place } from './diagnosis/rule.ts'
import { AuthorizationServerError, Malformed } from './errors.ts'
import { isJsonObject, JsonError, type JsonReading, readJson } from './oauth/json.ts'
import type { Outside, Request, Response } from './outside.ts'

/** Who is asked, and what the specifications call it. */
export interface Exchange extends Request {
  name: string
  to: Party
}

/** A back-channel request and its answer, with whatever the person changed before it went out. */
export async function* exchange({ name, to, ...planned }: Exchange, outside: Outside): Walk<Response> {
  const { method, url, headers, parameters } = yield* proposed({ type: 'request', name, to, ...planned })
  const response = await outside.send({ method, url, headers, parameters })
  yield {
    type: 'response',
    name: name.replace(/request$/, 'response'),
    from: to,
    status: response.status,
    reason: response.reason,
    headers: response.headers,
    body: new TextDecoder().decode(response.body),
    milliseconds: response.milliseconds,
    bytes: response.body.length,
  }
  return response
}

/** Yields a message until nobody changes it any more, and returns it as it goes out. */
export async function* proposed<Message extends WalkEvent & { parameters: Parameter[] }>(message: Message): Walk<Message> {
  for (;;) {
    const edits = yield message
    if (!edits) return message
    message = { ...message, parameters: edited(message.parameters, edits) }
  }
}

function edited(parameters: readonly Parameter[], edits: Readonly<Record<string, string | null>>): Parameter[] {
  const kept = parameters.flatMap(({ name, value }) => {
    const change = edits[name]
    return change === null ? [] : [{ name, value: change ?? value }]
  })
  const names = new Set(parameters.map(({ name }) => name))
  const added = Object.entries(edits).flatMap(([name, value]) => (value === null || names.has(name) ? [] : [{ name, value }]))
  return [...kept, ...added]
}

/**
 * Reads a body that has to be one JSON object.
 * @throws Malformed
 */
export async function* readObject(response: Response, message: string): Walk<JsonObject> {
  const reading = readStrictly(response, message)
  if (reading.byteOrderMark) yield examine(byteOrderMarkCheck, reading)
  const [duplicate] = reading.duplicates
  if (duplicate !== undefined) throw unreadable(response, message, 'json-duplicate', `"${duplicate}" is in it twice`)
  if (!isJsonObject(reading.value)) throw unreadable(response, message, `${message}-json`, `it is ${kindOf(reading.value)}, not an object`)
  return reading.value
}

function readStrictly(response: Response, message: string): JsonReading {
  try {
    return readJson(response.body)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw unreadable(response, message, error.id === 'json-syntax' ? `${message}-json` : error.id, error.message)
  }
}

function unreadable(response: Response, message: string, check: string, problem: string): Malformed {
  const type = headerOf(response, 'content-type') ?? 'no Content-Type'
  const page = type.includes('html')
  const start = new TextDecoder().decode(response.body.subarray(0, 200))
  return new Malformed({
    happened: `${check}: ${problem} (status ${response.status}, ${type})`,
    means: page ? `A web page came where JSON was due. It begins: ${start}` : `A JSON object was due. What came begins: ${start}`,
    tries: page ? ['Look whether a login page of the network or a wrong address answers here.'] : ['Report it to whoever runs this server.'],
    read: ['RFC 8259 2'],
    check,
  })
}

function kindOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`
}

export function headerOf(response: Response, name: string): string | undefined {
  return response.headers.find((header) => header.name.toLowerCase() === name)?.value
}

/** The first value of a parameter. */
export function valueOf(parameters: readonly Parameter[], name: string): string | undefined {
  return parameters.find((parameter) => parameter.name === name)?.value
}

interface OAuthError {
  error: string
  description?: string | undefined
  at: Place
}

/** A well-formed error of the authorization server or the resource, with what it means there and what probably caused it. */
export async function answeredWithError({ error, description, at }: OAuthError, facts: Facts = {}): Promise<AuthorizationServerError> {
  const { diagnose } = await import('./diagnosis/diagnose.ts')
  const { means, causes, tries, read } = diagnose({ error, text: description, at }, facts)
  return new AuthorizationServerError({
    happened: `${error}${description ? `: ${description}` : ''}`,
    means: `${means} It came from ${PLACES[at]}.`,
    ...(causes.length === 0 ? {} : { causes }),
    tries: [...tries],
    read: [...read],
  })
}

const PLACES: Readonly<Record<Place, string>> = {
  authorization: 'the authorization endpoint',
  token: 'the token endpoint',
  resource: 'the resource',
}

const REDIRECTS = [301, 302, 303, 307, 308]

/**
 * A redirect from an endpoint that answers itself. It is never followed: the next server would get the secret.
 * @throws Malformed
 */
export function refuseRedirect(response: Response, message: string): void {
  if (!REDIRECTS.includes(response.status)) return
  throw new Malformed({
    happened: `${message}-redirect: ${response.status} to ${headerOf(response, 'location') ?? 'nowhere'}`,
    means: 'This endpoint has to answer itself. A redirect is not followed, so that nothing secret reaches a server that nobody named.',
    tries: ['If the server has moved, name its present address.', 'Look whether a proxy or a login page of the network answers here.'],
    read: ['RFC 9700 4.12'],
    check: `${message}-redirect`,
  })
}
