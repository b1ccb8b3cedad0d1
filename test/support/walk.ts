import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Transcript } from '../../src/events.ts'
import { type Child, type Ending, start } from './child.ts'
import { freePort } from './port.ts'

/** What `BROWSER` may name. */
export const scriptedBrowser = fileURLToPath(new URL('./scripted-browser.mjs', import.meta.url))

/** Where the browser is to go, as it is printed for whoever has none. */
export const authorizeUrl = /http:\/\/127\.0\.0\.1:\d+\/authorize\?\S+/

export interface PracticeServer extends AsyncDisposable {
  issuer: string
  secret: string
  /** The settings of a client that fits, without the secret. */
  args: string[]
  env: Record<string, string>
  child: Child
}

/** `authwalk practice` in one terminal, to be walked on from another. */
export async function startPractice(redirectUri: string): Promise<PracticeServer> {
  const child = start(['practice', '--port', String(await freePort()), '--redirect-uri', redirectUri])
  const [, secret = ''] = await child.stdout.waitFor(/AUTHWALK_CLIENT_SECRET=['"]?([\w-]+)/)
  const [issuer = ''] = await child.stdout.waitFor(/http:\/\/127\.0\.0\.1:\d+(?![\d/])/)
  return {
    issuer,
    secret,
    args: [issuer, '--client-id', 'walkthrough', '--redirect-uri', redirectUri],
    env: { AUTHWALK_CLIENT_SECRET: secret },
    child,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}

/** The four lines of a walk that ended early, with its exit code and no stack. */
export function expectFourLines({ exit, stderr }: Ending, wanted: number): void {
  expect({ exit, stderr }).toMatchObject({ exit: wanted })
  for (const word of ['Means', 'Try', 'Read', `exit ${wanted}`]) expect(stderr).toContain(word)
  expect(stderr).not.toMatch(/\n\s+at .*:\d+:\d+/)
}

/** One JSON document, with every check passed. */
export function readTranscript(text: string): Transcript {
  const transcript = JSON.parse(text) as Transcript
  expect(transcript).toMatchObject({ version: 1, events: expect.any(Array), outcome: { status: expect.any(String) } })
  return transcript
}

export function expectEveryCheckPassed({ events, outcome }: Transcript): void {
  expect(outcome).toEqual({ status: 'completed', exit: 0 })
  const checks = events.filter(event => event.type === 'check')
  expect(checks.filter(({ status }) => status === 'fail' || status === 'warn')).toEqual([])
  expect(checks.filter(({ status }) => status === 'pass').length).toBeGreaterThan(20)
}

/** What the scripted browser wrote down when it was done. */
export async function readBrowserLog(file: string): Promise<BrowserLog> {
  for (let tries = 0; tries < 200; tries += 1) {
    const text = await readFile(file, 'utf8').catch(() => '')
    if (text !== '') return JSON.parse(text) as BrowserLog
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error('the browser was never started, or never came to an end')
}

interface BrowserLog {
  args: string[]
  environment: Record<string, string>
  error?: string
  url: string
  status: number
  text: string
  headers: Record<string, string>
  hops: { method: string; url: string; status: number }[]
}
