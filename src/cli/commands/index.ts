import { completion } from './completion.ts'
import { decode } from './decode.ts'
import { doctor } from './doctor.ts'
import { explain } from './explain.ts'
import { help } from './help.ts'
import { man } from './man.ts'
import { profiles } from './profiles.ts'
import { providers } from './providers.ts'
import { diff } from './diff.ts'
import { replay } from './replay.ts'
import { register } from './register.ts'
import { report } from './report.ts'
import type { Subcommand } from './subcommand.ts'

/** In the order of the help. */
export const subcommands: readonly Subcommand[] = [doctor, providers, profiles, register, decode, explain, report, replay, diff, completion, man, help]
