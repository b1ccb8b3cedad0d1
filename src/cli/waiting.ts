import { createPrompt, isBackspaceKey, isEnterKey, useEffect, useKeypress, useState } from '@inquirer/core'
import type { WalkEvent } from '../events.ts'
import type { Look } from '../render/look.ts'
import { waitingScreen } from '../render/waiting.ts'
import { prompted } from './prompting.ts'
import type { World } from './world.ts'

export interface WaitOptions {
  redirectUri: string
  /** Seconds. */
  wait: number
  /** The `ssh -L` line, where the browser is on another machine. */
  tunnel?: string
  /** Given the URL that the browser ended on, or words of its page. */
  paste: (text: string) => void
}

export interface Waiting {
  /** Takes the screen of the wait away. */
  end(): Promise<void>
}

interface Config {
  /** The screen of the wait, with what has been typed on its last line. Drawn anew every second. */
  draw: (typed: string) => string
  paste: (text: string) => void
}

const TICK = 1000

/**
 * A live region while the browser is open: it counts, shows what came, and takes a pasted URL. The keys are kept out of
 * readline's own line, which may be longer than the terminal is wide.
 */
const region = createPrompt<never, Config>(({ draw, paste }) => {
  const [typed, setTyped] = useState('')
  const [, setNow] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK)
    return () => clearInterval(timer)
  }, [])
  useKeypress((key, readline) => {
    const text = readline.line
    readline.clearLine(0)
    if (isEnterKey(key)) {
      if (typed !== '') paste(typed)
      setTyped('')
    } else if (isBackspaceKey(key)) setTyped(typed.slice(0, -1))
    else if (key.ctrl) setTyped('')
    else setTyped(typed + text)
  })
  return draw(typed)
})

interface Wait extends WaitOptions {
  /** Grows while the wait lasts. */
  arrived: readonly WalkEvent[]
  /** Lines over the region, asked for at each drawing. */
  above: () => string[]
}

export function startWaiting(world: World, look: Look, { arrived, above, paste, ...wait }: Wait): Waiting {
  const ended = new AbortController()
  const signal = AbortSignal.any([world.signal, ended.signal])
  const began = performance.now()
  const draw = (input: string) => {
    const now = { elapsed: performance.now() - began, ignored: arrived.flatMap(strangerOf), input, canPaste: true }
    const screen = waitingScreen(look, { ...wait, wait: wait.wait * 1000, ...now })
    const asides = above()
    return ['', ...asides, ...(asides.length > 0 ? [''] : []), screen].join('\n')
  }
  const shown = prompted(world, (context) => region({ draw, paste }, context), { signal })
    .catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  return {
    async end() {
      ended.abort()
      await shown
    },
  }
}

function strangerOf(event: WalkEvent): { at: number; what: string; reason: string }[] {
  if (event.type !== 'redirect' || event.accepted) return []
  const { method, path, parameters, at, reason = '' } = event
  const query = parameters.map(({ name }) => `${name}=`).join('&')
  return [{ at, what: `${method} ${path}${query === '' ? '' : `?${query}`}`, reason }]
}
