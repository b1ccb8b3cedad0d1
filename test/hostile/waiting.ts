import { type Child, type Ending, start, type StartOptions } from '../support/child.ts'
import { freeRedirectUri } from '../support/port.ts'
import { visit } from '../support/scripted-browser.mjs'
import { authorizeUrl } from '../support/walk.ts'
import { getText, speak } from '../io/raw-client.ts'

/** The built program while it waits for the browser. The practice provider runs inside it. */
export interface Waiting extends AsyncDisposable {
  child: Child
  port: number
  redirectUri: string
  /** Of the authorization request that the browser is to be sent away with. */
  url: string
  state: string
  /** The target of a response that the gate lets in. */
  good: string
  /** Sends bytes to the redirection endpoint and returns all that comes back. */
  say(bytes: string | Uint8Array): Promise<string>
  /** GETs a target there. */
  ask(target: string, headers?: string): Promise<string>
  /** Logs in, as the person would, and sees the program off. */
  finish(): Promise<Ending>
}

export interface WaitingOptions extends StartOptions {
  args?: readonly string[]
  redirectUri?: string
}

export async function startWaiting({ args = ['--json'], redirectUri, stdin = '', ...options }: WaitingOptions = {}): Promise<Waiting> {
  const place = redirectUri ?? await freeRedirectUri()
  const child = start(['--practice', '--browser', 'none', '--no-pause', '--redirect-uri', place, ...args], { stdin, ...options })
  const [url = ''] = await child.stderr.waitFor(authorizeUrl)
  const state = new URL(url).searchParams.get('state') ?? ''
  const port = Number(new URL(place).port)
  const say = (bytes: string | Uint8Array) => speak(port, bytes)
  return {
    child,
    port,
    redirectUri: place,
    url,
    state,
    good: `/callback?code=C&state=${state}`,
    say,
    ask: (target, headers) => say(getText(port, target, headers)),
    async finish() {
      await visit(url)
      return await child.ended
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
