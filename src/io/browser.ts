import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { CheckFailed } from '../errors.ts'
import { isSecure, parseUrl } from '../oauth/url.ts'
import { codeOf } from './error-code.ts'

export interface BrowserOptions {
  how: 'system' | 'none'
  /** Told when no browser came of it, and why. It may be told late: the opener is never waited for. */
  onFailure: (reason: string) => void
}

/** Milliseconds in which an exit means that nothing was opened. Later it is a person who closed the browser. */
const WATCH = 10_000

/**
 * Shows a URL to the browser that `BROWSER` names, a program that gets the URL as its one argument, or to the system's.
 * Resolves at once.
 * @throws CheckFailed for a URL that a browser, or what starts it, could take for something else than a web address
 */
export async function openBrowser(url: string, { how, onFailure }: BrowserOptions): Promise<void> {
  requireWebAddress(url)
  if (how === 'none') return
  launch(url).then((child) => watch(child, onFailure), (error: unknown) => onFailure(reasonOf(error)))
}

/** No shell, one argument, no child that ends with us or keeps us. */
async function launch(url: string): Promise<ChildProcess> {
  // A child inherits the environment. What else is in there, the person gives to every program they start.
  delete process.env['AUTHWALK_CLIENT_SECRET']
  const program = process.env['BROWSER']
  if (!program) {
    const { default: open } = await import('open')
    return open(url)
  }
  const child = spawn(program, [url], { detached: true, stdio: 'ignore', shell: false })
  await once(child, 'spawn')
  child.unref()
  return child
}

function watch(child: ChildProcess, onFailure: BrowserOptions['onFailure']): void {
  const started = performance.now()
  child.on('error', (error) => onFailure(reasonOf(error)))
  child.once('exit', (code) => {
    if (code && performance.now() - started < WATCH) onFailure(`what should open it ended with exit code ${code}`)
  })
}

function reasonOf(error: unknown): string {
  const code = codeOf(error)
  const program = process.env['BROWSER'] ? 'the program in BROWSER' : 'the system’s opener'
  if (code === 'ENOENT') return `${program} is not there`
  if (code === 'EACCES') return `${program} may not be run`
  return `${program} could not be started${code && ` (${code})`}`
}

/** @throws CheckFailed */
function requireWebAddress(text: string): void {
  const url = parseUrl(text)
  if (url && isSecure(url) && url.href === text && /^[\x21-\x7e]+$/.test(text)) return
  throw new CheckFailed({
    happened: `metadata-url-scheme: expected an https URL for the browser, got ${text.slice(0, 200)}`,
    means: 'A URL of another kind can start programs on this machine, and one in another spelling can be read in two ways. No browser was started.',
    tries: ['Look at authorization_endpoint in the metadata: it has to be https, or http on this machine.'],
    read: ['RFC 9700 2.6', 'RFC 8252 8.12'],
    check: 'metadata-url-scheme',
  })
}
