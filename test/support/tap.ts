import { once } from 'node:events'
import { type IncomingMessage, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Passed {
  authorization: string | undefined
  /** As the client sent it. */
  asked: URLSearchParams
  answered: string
}

export interface Tap extends AsyncDisposable {
  /** What the client is told to ask in the endpoint's place. */
  url: string
  /** All that went through, in order. */
  passed: Passed[]
}

/**
 * Stands between the client and one endpoint and writes down what a network would never see.
 * @param change what the endpoint gets instead of what was sent
 * @param times how often it gets it; the client sees the last answer
 */
export async function tap(endpoint: string, change = (_body: URLSearchParams) => {}, times = 1): Promise<Tap> {
  const passed: Passed[] = []
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const asked = new URLSearchParams(await text(incoming))
      const body = new URLSearchParams(asked)
      change(body)
      let answer = await pass(endpoint, incoming, body)
      for (let time = 1; time < times; time += 1) answer = await pass(endpoint, incoming, body)
      passed.push({ authorization: incoming.headers.authorization, asked, answered: answer.text })
      outgoing.writeHead(answer.status, answer.headers).end(answer.text)
    })()
  })
  return { ...(await onLoopback(server)), passed }
}

/** Takes a request and never answers it. `asked` resolves when one has come. */
export async function silence(): Promise<{ url: string; asked: Promise<unknown> } & AsyncDisposable> {
  const server = createServer(() => {})
  const asked = once(server, 'request')
  return { ...(await onLoopback(server)), asked }
}

async function onLoopback(server: ReturnType<typeof createServer>): Promise<{ url: string } & AsyncDisposable> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function pass(endpoint: string, { method, headers }: IncomingMessage, body: URLSearchParams) {
  const { host: _host, 'content-length': _length, connection: _connection, ...kept } = headers
  const sent = body.toString()
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(endpoint, { method, agent: false, headers: kept }).on('response', resolve).on('error', reject).end(sent)
  })
  const { 'transfer-encoding': _chunked, connection: _kept, ...answered } = answer.headers
  return { status: answer.statusCode ?? 0, headers: answered, text: await text(answer) }
}
