import { getText, speak } from '../io/raw-client.ts'
import type { Ending } from '../support/child.ts'
import { visit } from '../support/scripted-browser.mjs'
import type { Waiting } from './waiting.ts'

export interface Flood {
  /** Hostile requests that were answered until the program had gone. */
  answers: number
  /** Milliseconds from the genuine response, sent in the thick of it, to its answer. */
  answered: number
  ending: Ending
}

const AT_ONCE = 50

/** Floods the listener for as long as it is there, and sends the genuine response after `count` hostile requests. */
export async function floodOf(waiting: Waiting, count: number): Promise<Flood> {
  let sent = 0
  let answers = 0
  let answered: Promise<number> | undefined
  const { url } = await visit(waiting.url, { until: (next) => next.startsWith(waiting.redirectUri) })
  const attack = async () => {
    while (waiting.child.process.exitCode === null) {
      sent += 1
      if ((await speak(waiting.port, hostile(waiting, sent))) !== '') answers += 1
      if (answers >= count) answered ??= timed(() => waiting.ask(url.slice(new URL(url).origin.length)))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, attack))
  return { answers, answered: await answered ?? Infinity, ending: await waiting.child.ended }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

function hostile({ port, good }: Waiting, index: number): string {
  const kinds = [
    getText(port, `/callback?code=C&state=guess-${index}`),
    getText(port, '/favicon.ico'),
    `GET ${good} HTTP/1.1\r\nHost: evil.example\r\n\r\n`,
    getText(port, `/callback?error=access_denied&n=${index}`),
    `POST /callback HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 6\r\n\r\ncode=C`,
    'noise\r\n\r\n',
  ]
  return kinds[index % kinds.length] ?? ''
}
