import { UsageError } from '../errors.ts'
import type { WalkEvent } from '../events.ts'
import { writeOwn } from '../io/config-folder.ts'
import { readSecretFile, readTextFile, requireAbsent } from '../io/files.ts'
import { createOutside } from '../io/outside.ts'
import { createRedactor } from '../redact.ts'
import { type RegisteredClient, registration, type Wish } from '../registration.ts'
import { lookOf } from '../render/look.ts'
import { type Pen, penOf } from '../render/pen.ts'
import { textRenderer } from '../render/text.ts'
import { walk } from '../walk.ts'
import type { RegisterFlags } from './commands/register.ts'
import { placeOf } from './place.ts'
import { profilePath, secretPath, writeProfile } from './profile.ts'
import { proseLines } from './prose.ts'
import { requestOf } from './request.ts'
import { type Given, nobody } from './settings.ts'
import { missing } from './usage.ts'
import { followerOf, type World } from './world.ts'

interface Asked {
  issuer: string | undefined
  flags: RegisterFlags
}

const LARGEST_CA = 1024 * 1024

/**
 * Registers, and keeps what came: the profile in one file, the secret in another.
 * @returns the exit code
 * @throws WalkError where it could not begin, or nothing could be kept
 */
export async function runRegister({ issuer, flags }: Asked, world: World): Promise<number> {
  const { stdout, env } = world
  await requireKeeper(flags, world)
  const wish = await wishOf({ issuer, flags, credentials: {} }, flags)
  const controller = followerOf(world.signal)
  const ca = flags.ca === undefined ? {} : { ca: await readTextFile(flags.ca, LARGEST_CA) }
  await using outside = createOutside({ signal: controller.signal, timeout: flags.timeout, wait: 1, ...ca, browser: async () => {} })
  const text = textRenderer(lookOf(stdout, env), Date.now, { stops: 'the registration stops here' })
  const reader = { reveal: stdout.isTTY ? 'tokens' : 'nothing', show: (event: WalkEvent) => void stdout.write(text.event(event)) } as const
  const { outcome, result, bug } = await walk(registration(wish, outside), [reader], createRedactor([]), controller)
  stdout.write(result ? text.pause() : text.outcome(outcome))
  if (bug !== undefined) throw bug instanceof Error ? bug : new Error('what was thrown is no error', { cause: bug })
  if (result) stdout.write(await kept({ issuer, flags }, wish, result, world))
  return outcome.exit
}

/** Before a client exists whose secret nobody could keep. */
async function requireKeeper({ saveProfile: name }: RegisterFlags, { stdout, env }: World): Promise<void> {
  if (name !== undefined) return void (await Promise.all([profilePath(name, env), secretPath(name, env)].map(requireAbsent)))
  if (stdout.isTTY) return
  throw new UsageError({
    happened: '--save-profile is missing',
    means: 'The server gives the secret once. Without a terminal to show it on, it has to be kept in a file, or it is lost.',
    tries: ['--save-profile <name>'],
    read: ['authwalk register --help'],
  })
}

async function wishOf(given: Given, { clientName, authMethod, initialAccessTokenFile: file, offline }: RegisterFlags): Promise<Wish> {
  const { server, preset, redirectUri } = await placeOf(given, { ...nobody, where: () => Promise.reject(noIssuer()) })
  if (!server) throw noIssuer()
  const { scope, dialect } = requestOf(given.flags, server, preset)
  return {
    server,
    redirectUri,
    scope,
    clientName,
    offline: offline ?? false,
    ...(dialect ? { dialect } : {}),
    ...(authMethod === undefined ? {} : { authMethod }),
    ...(file === undefined ? {} : { initialAccessToken: await readSecretFile(file) }),
  }
}

function noIssuer(): UsageError {
  return missing('the issuer', ['authwalk register https://accounts.example.com'])
}

async function kept({ issuer, flags }: Asked, { redirectUri }: Wish, client: RegisteredClient, { stdout, env }: World): Promise<string> {
  const pen = penOf(lookOf(stdout, env))
  const until = client.expiresAt === undefined ? '' : ` The secret expires on ${new Date(client.expiresAt * 1000).toISOString().slice(0, 10)}.`
  const head = ['', ...proseLines(`The server has registered this client as ${client.id}, for ${redirectUri}.${until} What would let it be changed or deleted there was not kept.`, pen), '']
  const name = flags.saveProfile
  if (name === undefined) return [...head, ...shownOnce(client, pen), '', ''].join('\n')
  const file = secretPath(name, env)
  if (client.secret !== undefined) await writeOwn(file, `${client.secret}\n`)
  const profile = { flags: { ...flags, redirectUri, clientId: client.id, authMethod: client.authMethod }, ...(issuer === undefined ? {} : { issuer }), ...(client.secret === undefined ? {} : { secret: { file } }) }
  const path = await writeProfile(name, profile, env)
  const where = client.secret === undefined ? `The profile is in ${path}.` : `The secret is in ${file}, for you alone to read, and the profile in ${path} refers to it.`
  return [...head, ...proseLines(where, pen), '', ` authwalk --profile ${name}`, '', ''].join('\n')
}

/** On a terminal alone, and nowhere else. */
function shownOnce({ secret, authMethod }: RegisteredClient, pen: Pen): string[] {
  if (secret === undefined) return proseLines('It is a public client and has no secret.', pen)
  return [...proseLines(`Its secret, shown this once, for ${authMethod}:`, pen), '', `   ${pen.text(secret)}`]
}
