import { join } from 'node:path'
import { UsageError } from '../errors.ts'
import { configFolder, listOwn, readOwn, writeOwn } from '../io/config-folder.ts'
import { parseProfile, type Profile, profileText } from './profile-format.ts'

const NAME = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,63}$/

export function profilesFolder(env: NodeJS.ProcessEnv): string {
  return join(configFolder(env), 'profiles')
}

/** @throws UsageError for a name that could lead elsewhere */
export function profilePath(name: string, env: NodeJS.ProcessEnv): string {
  if (NAME.test(name)) return join(profilesFolder(env), `${name}.json`)
  throw new UsageError({
    happened: 'A profile’s name is made of a-z, 0-9 and -, at most 64 of them',
    means: 'It becomes the name of a file.',
    tries: ['--save-profile work-staging'],
    read: ['authwalk profiles'],
  })
}

/** Where the secret is that came with a registration. A profile refers to it. */
export function secretPath(name: string, env: NodeJS.ProcessEnv): string {
  profilePath(name, env)
  return join(configFolder(env), 'secrets', name)
}

/** @throws UsageError | MachineError */
export async function readProfile(name: string, env: NodeJS.ProcessEnv): Promise<Profile> {
  const path = profilePath(name, env)
  const names = await profileNames(env)
  if (!names.includes(name)) throw unknown(name, names, env)
  return parseProfile(await readOwn(path), path)
}

/** @throws UsageError | MachineError where there is one already, or none can be */
export async function writeProfile(name: string, profile: Profile, env: NodeJS.ProcessEnv): Promise<string> {
  const path = profilePath(name, env)
  const text = profileText(profile)
  parseProfile(text, path)
  await writeOwn(path, text)
  return path
}

/** @throws UsageError where others can write to the folder */
export async function profileNames(env: NodeJS.ProcessEnv): Promise<string[]> {
  const files = await listOwn(profilesFolder(env))
  return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)).filter((name) => NAME.test(name))
}

function unknown(name: string, names: readonly string[], env: NodeJS.ProcessEnv): UsageError {
  return new UsageError({
    happened: `There is no profile ${name}`,
    means: names.length === 0 ? `None was saved yet in ${profilesFolder(env)}.` : `Saved are ${names.join(', ')}.`,
    tries: ['authwalk profiles', `authwalk <issuer> --save-profile ${name}`],
    read: ['authwalk profiles --help'],
  })
}
