import { examine } from '../check.ts'
import { metadataChecks } from '../checks/metadata.ts'
import type { JsonObject } from '../events.ts'
import { readMetadata } from '../oauth/metadata.ts'
import { attemptAll } from './client-attempts.ts'
import { metadataInput, readDocument, readDocuments, withEndpoints } from './documents.ts'
import { landAll } from './landing.ts'
import { type Context, Unmet } from './probe.ts'

export type Circumstances = Omit<Context, 'documents' | 'document' | 'metadata' | 'jwks' | 'landings' | 'clients'>

/** What several probes need is fetched once, by whichever asks first. */
export function contextOf(circumstances: Circumstances): Context {
  const { settings, outside, offline } = circumstances
  const documents = once(() => readDocuments(settings, outside))
  const document = once(async () => {
    const found = (await documents()).find(({ object }) => object !== undefined)?.object
    const { authorization, token } = settings.server.endpoints
    if (!found && (authorization === undefined || token === undefined)) throw new Unmet('there is no metadata')
    return withEndpoints(found ?? {}, settings)
  })
  const metadata = once(async () => {
    const found = await document()
    const input = metadataInput(found, settings)
    const stops = metadataChecks.some((check) => check.onFail !== 'warn' && examine(check, input).status === 'fail')
    if (stops) throw new Unmet('the metadata is not to be relied on')
    return readMetadata(found)
  })
  const context: Context = {
    ...circumstances,
    documents,
    document,
    metadata,
    jwks: once(async () => {
      const { jwks_uri: url } = await metadata()
      const object: JsonObject | undefined = url === undefined || offline ? undefined : (await readDocument(url, outside)).object
      if (!object) throw new Unmet('there are no keys')
      return object
    }),
    landings: once(() => landAll(context)),
    clients: once(() => attemptAll(context)),
  }
  return context
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => (made ??= make())
}
