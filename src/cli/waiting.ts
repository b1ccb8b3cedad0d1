import { createPrompt, isBackspaceKey, isEnterKey, useEffect, useKeypress, useState } from '@inquirer/core'
import { prompted } from './prompting.ts'
import type { World } from './world.ts'

interface Config {
  /** The screen of the wait, with what has been typed on its last line. Drawn anew every second. */
  draw: (typed: string) => string
  paste: (text: string) => void
}

export interface Waiting {
  /** Takes the screen of the wait away. */
  end(): Promise<void>
}

const TICK = 1000

/**
 * A live region while the browser is open: it counts, shows what came, and takes a pasted URL. The keys are kept out of
 * readline's own line, which may be longer than the terminal is wide.
 */
const region = createPrompt<never, Config>(({ draw, paste }) => {
  const [typed, setTyped] = useState('')
  const [, setTicks] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTicks(performance.now()), TICK)
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

export function startWaiting(world: World, config: Config): Waiting {
  const ended = new AbortController()
  const signal = AbortSignal.any([world.signal, ended.signal])
  const shown = prompted(world, (context) => region(config, context), { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
  return {
    async end() {
      ended.abort()
      await shown
    },
  }
}
