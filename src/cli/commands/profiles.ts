import { WalkError } from '../../errors.ts'
import type { World } from '../world.ts'
import type { Subcommand } from './subcommand.ts'

export const profiles: Subcommand = {
  name: 'profiles',
  register(program, world) {
    program.command('profiles')
      .description('list the saved profiles, or show one')
      .argument('[name]', 'as given to --save-profile')
      .helpOption('-h, --help', 'print this')
      .action((name: string | undefined) => (name === undefined ? list(world) : show(name, world)))
  },
}

async function show(name: string, { stdout, env }: World): Promise<void> {
  const [{ readProfile }, { profileText }, { escapeJson }] = await Promise.all([
    import('../profile.ts'),
    import('../profile-format.ts'),
    import('../../render/escape.ts'),
  ])
  stdout.write(escapeJson(profileText(await readProfile(name, env))))
}

async function list({ stdout, env }: World): Promise<void> {
  const [{ profileNames, profilesFolder }, { lookOf }, { penOf }] = await Promise.all([
    import('../profile.ts'),
    import('../../render/look.ts'),
    import('../../render/pen.ts'),
  ])
  const pen = penOf(lookOf(stdout, env))
  const names = await profileNames(env)
  const width = Math.max(0, ...names.map((name) => name.length))
  const rows = await Promise.all(names.map(async (name) => `   ${name.padEnd(width)}  ${pen.text(await placeOf(name, env))}`))
  const none = [' None was saved yet: add --save-profile <name> to a walk.']
  stdout.write(['', ` ${pen.bold('Profiles')} in ${pen.text(profilesFolder(env))}`, '', ...(rows.length > 0 ? rows : none), '', ''].join('\n'))
}

/** Where it walks and as whom, or why it can't. */
async function placeOf(name: string, env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { readProfile } = await import('../profile.ts')
    const { issuer, flags } = await readProfile(name, env)
    const place = issuer ?? flags.metadata ?? flags.authorizationEndpoint
    return [flags.provider, place, flags.tenant, flags.domain, flags.clientId].filter((part) => part !== undefined).join('  ')
  } catch (error) {
    if (error instanceof WalkError) return error.explanation.happened
    throw error
  }
}
