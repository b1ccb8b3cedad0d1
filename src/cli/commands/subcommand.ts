import type { Command } from 'commander'
import type { World } from '../world.ts'

/** A command beside the walk itself. What it needs is imported when it runs: starting is quick. */
export interface Subcommand {
  name: string
  register(program: Command, world: World): void
}
