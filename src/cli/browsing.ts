import type { ObservedEvent } from '../events.ts'
import { openBrowser } from '../io/browser.ts'
import { canOpenBrowser } from '../io/machine.ts'
import type { Practice } from '../practice/provider.ts'
import type { Browser } from './options.ts'
import { isInteractive, type World } from './world.ts'

/** What the person asked for, else whatever can work here. */
export function browserFor(world: World, asked: Browser | undefined, isPractice: boolean): Browser {
  if (asked) return asked
  const opens = canOpenBrowser(world.env)
  if (isPractice && !(opens && isInteractive(world))) return 'builtin'
  return opens ? 'system' : 'none'
}

export interface Browsing {
  browser: Browser
  practice: Practice | undefined
  observe: (event: ObservedEvent) => void
  signal: AbortSignal
  /** Told the URL, whatever opens it. */
  announce: (url: string) => void
  notice: (sentence: string) => void
}

/** The function that is given a URL when the client sends the browser away. */
export function browserThat({ browser, practice, observe, signal, announce, notice }: Browsing) {
  return async (url: string): Promise<void> => {
    const [user] = practice?.users ?? []
    if (browser === 'builtin' && user) {
      const { playBrowser } = await import('../practice/browser.ts')
      return await playBrowser({ url, user, observe, signal })
    }
    announce(url)
    const onFailure = (reason: string) => notice(`No browser opened: ${reason}. Open the URL yourself.`)
    await openBrowser(url, { how: browser === 'none' ? 'none' : 'system', onFailure })
  }
}
