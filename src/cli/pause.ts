import { createPrompt, isEnterKey, useKeypress } from '@inquirer/core'
import { prompted } from './prompting.ts'
import type { World } from './world.ts'

interface Config {
  line: string
  keys: readonly string[]
}

/** One key press. The line disappears with it, so that the next screen follows the last one. */
const keyPress = createPrompt<string, Config>(({ line, keys }, done) => {
  useKeypress((key, readline) => {
    readline.clearLine(0)
    if (isEnterKey(key)) done('enter')
    else if (!key.ctrl && keys.includes(key.name)) done(key.name)
  })
  return line
})

/**
 * Waits for Enter or one of the keys, and says which it was.
 * @param line the last line on the screen: what can be done next
 * @throws Cancelled
 */
export function pressedKey(world: World, line: string, keys: readonly string[]): Promise<string> {
  return prompted(world, (context) => keyPress({ line, keys }, context))
}
