import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Provider, startProvider } from '../hostile/provider.ts'
import type { Row } from '../hostile/row.ts'
import { conformanceRows } from '../hostile/rows/conformance.ts'
import { modules } from './modules.mjs'

/** The module that a plan prescribes, and the row whose provider plays it. */
export interface Played {
  name: string
  by?: string
  /** What the suite says of it in the end, whatever has happened. */
  says?: Info
  /** It never gets as far as waiting for the client. */
  dead?: true
}

interface Info {
  status: string
  result?: string
}

export interface FakeSuite extends AsyncDisposable {
  url: string
  /** Everything that was asked of the REST API, in order. */
  asked: string[]
}

interface Client {
  client_id: string
  client_secret: string
}

/** As much of the suite as test/conformance/run.mjs speaks with: its REST API, and an authorization server for each module. */
export async function startFakeSuite(plan: readonly Played[]): Promise<FakeSuite> {
  const asked: string[] = []
  const started = new Map<string, Module>()
  let client: Client = { client_id: '', client_secret: '' }

  async function answer(method: string, path: string, query: URLSearchParams, body: string): Promise<object | undefined> {
    const [, kind, id = ''] = path.split('/').slice(1)
    const module = started.get(id)
    if (method === 'POST' && kind === 'plan') {
      client = (JSON.parse(body) as { client: Client }).client
      return { id: 'plan', modules: plan.map(({ name }) => ({ testModule: name, variant: null })) }
    }
    if (method === 'POST' && kind === 'runner') {
      const played = plan.find(({ name }) => name === query.get('test'))
      if (!played) return undefined
      started.set(`m${started.size}`, await play(played, client))
      return { id: `m${started.size - 1}` }
    }
    if (kind === 'runner') return { exposed: { issuer: module?.provider.facts.issuer } }
    if (kind === 'info') return module?.status()
    return kind === 'log' ? [{ src: 'Fake', msg: 'what it saw', result: 'FAILURE' }, { src: 'Fake', msg: 'all is well', result: 'SUCCESS' }] : undefined
  }

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://suite')
      asked.push(`${incoming.method} ${pathname}`)
      const found = await answer(incoming.method ?? '', pathname, searchParams, await text(incoming))
      outgoing.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? {}))
    })()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await Promise.all([...started.values()].map(({ provider }) => provider[Symbol.asyncDispose]()))
    },
  }
}

interface Module {
  provider: Provider
  status: () => Info
}

async function play({ name, by = name, says, dead }: Played, { client_id, client_secret }: Client): Promise<Module> {
  const row = conformanceRows.find(({ id }) => id === by)
  if (!row) throw new Error(`nothing plays ${by}`)
  const provider = await startProvider(row)
  provider.facts.clientId = client_id
  // What the scripted browser types.
  Object.assign(provider.facts.canaries, { secret: client_secret, password: 'wonderland' })
  return { provider, status: () => (dead ? INTERRUPTED : provider.received.length > 0 && says ? says : judged(row, provider)) }
}

const INTERRUPTED: Info = { status: 'INTERRUPTED', result: 'FAILED' }
const WAITING: Info = { status: 'WAITING' }

/** As the suite judges: whoever goes on after a bad ID Token fails, and so does whoever asks UserInfo without a token. */
function judged({ id, expect: { exit, check } }: Row, { received }: Provider): Info {
  const came = (endpoint: string) => received.filter(({ at }) => at === endpoint)
  const finished = (result: string): Info => ({ status: 'FINISHED', result })
  if (came('userinfo').some(({ text: request }) => !/\nauthorization\n/i.test(request))) return INTERRUPTED
  if (modules[id]?.early) return came('authorize').length > 0 ? INTERRUPTED : came('jwks').length > 0 ? finished('PASSED') : WAITING
  if (exit === 0 || check === 'userinfo-sub') return came('userinfo').length > 0 ? finished('PASSED') : WAITING
  if (came('userinfo').length > 0) return finished('FAILED')
  const last = check === 'metadata-issuer' ? 'metadata' : 'token'
  return came(last).length === 0 ? WAITING : finished(modules[id]?.optional ? 'SKIPPED' : 'PASSED')
}
