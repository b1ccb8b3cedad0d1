import type { Command } from 'commander'
import { bash } from './bash.ts'
import { fish } from './fish.ts'
import { namesOf } from './names.ts'
import { powershell } from './powershell.ts'
import { zsh } from './zsh.ts'

const scripts = { bash, zsh, fish, powershell }

/**
 * What makes a shell complete the names of this command line.
 * @param profiles the names of those that are saved
 */
export function completionFor(shell: keyof typeof scripts, program: Command, profiles: readonly string[]): string {
  return scripts[shell](namesOf(program, profiles))
}
