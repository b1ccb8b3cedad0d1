import type { MetadataInput } from '../checks/metadata.ts'
import { WalkError } from '../errors.ts'
import type { JsonObject } from '../events.ts'
import { chooseMethod } from '../oauth/client-authentication.ts'
import { isJsonObject, JsonError, readJson } from '../oauth/json.ts'
import { strings, wellKnownUrls } from '../oauth/metadata.ts'
import type { Outside, Response } from '../outside.ts'
import { standard } from '../providers/dialect.ts'
import type { Settings } from '../settings.ts'

/** One place where metadata or keys were asked for, and what came. */
export interface Document {
  url: string
  response?: Response
  object?: JsonObject
  /** Why there is no object. */
  problem?: string
  /** The request did not get through. */
  failure?: WalkError
}

/** Every place where this server's metadata may be, asked side by side. */
export async function readDocuments({ server, dialect }: Settings, outside: Outside): Promise<Document[]> {
  if (server.metadataDocument) return [{ url: server.metadataDocument.from, ...objectIn(Buffer.from(server.metadataDocument.text)) }]
  const urls = server.metadataUrl === undefined ? (server.issuer === undefined ? [] : wellKnownUrls(server.issuer)) : [server.metadataUrl]
  const documents = await Promise.all([...new Set(urls)].map((url) => readDocument(url, outside)))
  return Promise.all(documents.map(async (document) => (document.object ? { ...document, object: await translated(document.object, dialect, server.issuer) } : document)))
}

export async function readDocument(url: string, outside: Outside): Promise<Document> {
  try {
    const response = await outside.send({ method: 'GET', url, headers: [{ name: 'accept', value: 'application/json' }], parameters: [] })
    if (response.status !== 200) return { url, response, problem: `status ${response.status}` }
    return { url, response, ...objectIn(response.body) }
  } catch (error) {
    if (error instanceof WalkError) return { url, failure: error, problem: error.explanation.happened }
    throw error
  }
}

/** Endpoints that were named by hand take the place of the document's. */
export function withEndpoints(document: JsonObject, { server: { endpoints } }: Settings): JsonObject {
  const named = {
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    userinfo_endpoint: endpoints.userinfo,
    jwks_uri: endpoints.jwks,
  }
  const given = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  return { ...document, ...Object.fromEntries(given) }
}

/** What the checks of step 0 look at. */
export function metadataInput(document: JsonObject, { client, server: { issuer }, scope, pkce }: Settings): MetadataInput {
  const authMethod = chooseMethod(client, strings(document['token_endpoint_auth_methods_supported']))
  return { document, openid: scope.split(' ').includes('openid'), authMethod, pkce, ...(issuer === undefined ? {} : { issuer }) }
}

function objectIn(bytes: Uint8Array): Pick<Document, 'object' | 'problem'> {
  try {
    const { value, duplicates: [twice] } = readJson(bytes)
    if (!isJsonObject(value)) return { problem: 'it is JSON, and no object' }
    return twice === undefined ? { object: value } : { problem: `“${twice}” is in it twice` }
  } catch (error) {
    if (error instanceof JsonError) return { problem: error.message }
    throw error
  }
}

/** The dialect of the provider, without the events that a walk tells of it. */
async function translated(object: JsonObject, dialect: Settings['dialect'], asked = ''): Promise<JsonObject> {
  const translation = standard('metadata', object, dialect, asked)
  for (;;) {
    const next = await translation.next(undefined)
    if (next.done) return next.value
  }
}
