import type { Command } from 'commander'
import type { Credentials } from '../credentials.ts'
import type { World } from '../world.ts'

/** This one run of the program. */
export interface Session {
  /** From the environment, which they have left. */
  credentials: Credentials
  /** Says with which code the program ends. */
  end(exit: number): void
}

/** A command beside the walk itself. What it needs is imported when it runs: starting is quick. */
export interface Subcommand {
  name: string
  register(program: Command, world: World, session: Session): void
}
