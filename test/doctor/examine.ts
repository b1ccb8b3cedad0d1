import { setMaxListeners } from 'node:events'
import { contextOf, type Circumstances } from '../../src/doctor/context.ts'
import { examination, type Result } from '../../src/doctor/examination.ts'
import { probes } from '../../src/doctor/index.ts'
import { createOutside } from '../../src/io/outside.ts'
import { createSenses } from '../../src/io/senses.ts'
import type { Request } from '../../src/outside.ts'
import type { Settings } from '../../src/settings.ts'

export interface Examined {
  results: Result[]
  /** Everything that was sent, in order. */
  requests: Request[]
  /** By id. */
  of(id: string): Result | undefined
  /** The first failure. */
  first: Result | undefined
}

type Options = Partial<Pick<Circumstances, 'offline' | 'wrongSecret' | 'registered'>> & { ca?: string; env?: NodeJS.ProcessEnv }

/** All probes on real sockets. */
export async function examine(settings: Settings, { ca, env = {}, ...options }: Options = {}): Promise<Examined> {
  const { signal } = new AbortController()
  setMaxListeners(0, signal)
  const requests: Request[] = []
  const bounds = { signal, timeout: 5, ...(ca === undefined ? {} : { ca }) }
  await using outside = createOutside({ ...bounds, wait: 1, browser: async () => {} })
  const recording = { ...outside, send: (request: Request) => (requests.push(request), outside.send(request)) }
  const senses = createSenses({ ...bounds, env })
  const context = contextOf({ settings, outside: recording, senses, offline: false, wrongSecret: false, ...options })
  const results: Result[] = []
  for await (const result of examination(probes, context)) results.push(result)
  return { results, requests, of: id => results.find(result => result.id === id), first: results.find(({ status }) => status === 'fail') }
}

/** Settings as the command line would make them. */
export function settingsFor(issuer: string, client: Settings['client'], redirectUri: string, more: Partial<Settings> = {}): Settings {
  return { server: { issuer, endpoints: {} }, client, redirectUri, scope: 'openid profile', pkce: 'S256', parameters: [], tokenParameters: [], clockSkew: 300, ...more }
}
