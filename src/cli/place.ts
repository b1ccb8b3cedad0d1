import { UsageError } from '../errors.ts'
import type { Preset } from '../providers/preset.ts'
import type { Server } from '../settings.ts'
import { DEFAULT_REDIRECT_URI, type Flags } from './options.ts'
import type { Ask, Given } from './settings.ts'
import { isUrl, issuerOrMetadata } from './values.ts'

/** Where to walk. */
export interface Place {
  /** Absent on the practice provider. */
  server?: Server
  preset?: Preset
  redirectUri: string
  /** Worth saying before the walk. */
  notes: string[]
  /** A profile was chosen, and stands in the place of all this. */
  instead?: Given
}

/**
 * What was named, else the known provider that was chosen, else what somebody answers. A preset knows how to speak to a
 * named server too.
 * @throws UsageError
 */
export async function placeOf(given: Given, ask: Ask): Promise<Place> {
  const { practice, provider, redirectUri = DEFAULT_REDIRECT_URI } = given.flags
  const named = await serverOf(given)
  if (practice) return { redirectUri, notes: [] }
  const where = named ?? (provider === undefined ? await ask.where(given) : { provider })
  if (where === 'practice') return { redirectUri, notes: [] }
  if ('instead' in where) return { redirectUri, notes: [], instead: where.instead }
  if (provider === undefined && !('provider' in where)) refuseLonely(given.flags)
  if ('provider' in where) return await knownPlace(where.provider, given, undefined, ask)
  if (provider !== undefined) return await knownPlace(provider, given, where, ask)
  return { server: where, redirectUri, notes: ask.tell ? [] : [`This redirect URI has to be registered at the server, letter by letter: ${redirectUri}`] }
}

/** Only a preset has a place for them. */
function refuseLonely(flags: Flags): void {
  const lonely = (['tenant', 'domain', 'app'] as const).find((name) => flags[name] !== undefined)
  if (lonely === undefined) return
  throw new UsageError({
    happened: `--${lonely} says something about a known provider, and none was named`,
    means: 'It has a place in the address of the provider, which its preset knows.',
    tries: [`--provider <id> --${lonely} …`, 'authwalk providers'],
    read: ['authwalk providers'],
  })
}

/** What to register, as far as it is known before anybody was asked anything: a known provider has its own form. */
export function redirectUriFrom({ provider, redirectUri = DEFAULT_REDIRECT_URI }: Flags): string | undefined {
  return provider === undefined ? redirectUri : undefined
}

async function knownPlace(id: string, { flags }: Given, named: Server | undefined, ask: Ask): Promise<Place> {
  const [{ findPreset, serverAt }, { adviceOn, redirectUriAt }] = await Promise.all([import('./provider.ts'), import('./redirect-advice.ts')])
  const preset = findPreset(id)
  const redirectUri = redirectUriAt(preset, flags.redirectUri)
  const { server, values } = await serverAt(preset, flags, named, ask)
  const notes = adviceOn(preset, redirectUri, values)
  if (!ask.tell) return { server, preset, redirectUri, notes }
  notes.forEach(ask.tell)
  return { server, preset, redirectUri, notes: [] }
}

async function serverOf({ issuer, flags }: Given): Promise<Server | undefined> {
  const endpoints = {
    ...(flags.authorizationEndpoint === undefined ? {} : { authorization: flags.authorizationEndpoint }),
    ...(flags.tokenEndpoint === undefined ? {} : { token: flags.tokenEndpoint }),
    ...(flags.userinfoEndpoint === undefined ? {} : { userinfo: flags.userinfoEndpoint }),
    ...(flags.jwksUri === undefined ? {} : { jwks: flags.jwksUri }),
  }
  if (issuer === undefined && flags.metadata === undefined) {
    if (Object.keys(endpoints).length === 0) return undefined
    if (endpoints.authorization === undefined) throw noMetadata('--authorization-endpoint')
    if (endpoints.token === undefined) throw noMetadata('--token-endpoint')
  }
  if (issuer !== undefined && !isUrl(issuer)) throw (await import('./no-issuer.ts')).noIssuer(issuer)
  return { ...(issuer === undefined ? {} : issuerOrMetadata(issuer)), ...await documentOf(flags.metadata), endpoints }
}

function noMetadata(flag: string): UsageError {
  return new UsageError({
    happened: `${flag} is missing`,
    means: 'No metadata says where the endpoints are, so the two of them have to be named.',
    tries: [`${flag} https://as.example.com/endpoint`, 'name the issuer instead'],
    read: ['RFC 6749 3', 'RFC 8414 2'],
  })
}

async function documentOf(metadata: string | undefined): Promise<Partial<Server>> {
  if (metadata === undefined) return {}
  if (isUrl(metadata)) return { metadataUrl: metadata }
  const { readTextFile } = await import('../io/files.ts')
  return { metadataDocument: { text: await readTextFile(metadata, LARGEST_METADATA), from: metadata } }
}

const LARGEST_METADATA = 1024 * 1024
