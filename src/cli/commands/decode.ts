import { UsageError } from '../../errors.ts'
import type { KeySource } from '../decoding.ts'
import { optionsOfTheWalk } from '../options.ts'
import { conflict, missing } from '../usage.ts'
import { endpoint, issuerOrMetadata, isUrl } from '../values.ts'
import { isInteractive, type World } from '../world.ts'
import type { Subcommand } from './subcommand.ts'

interface Flags {
  issuer?: string
  jwks?: string
  clientId?: string
  ca?: string
  /** Seconds. */
  timeout: number
  /** Seconds. */
  clockSkew: number
}

/** What a walk and it have in common. */
const COMMON = new Set(['--ca', '--timeout', '--clock-skew'])

export const decode: Subcommand = {
  name: 'decode',
  register(program, world) {
    const command = program.command('decode')
      .description('take one JWT apart: header and claims, verified on request')
      .argument('[token]', '- or nothing: it is read from standard input, or asked for')
      .option('--issuer <url>', 'verify it with the keys of this issuer')
      .option('--jwks <url|file>', 'verify it with this JWK Set')
      .option('--client-id <id>', 'verify that it was made for this client')
      .helpOption('-h, --help', 'print this')
      .action((token: string | undefined, flags: Flags) => run(token, flags, world))
    for (const option of optionsOfTheWalk(COMMON)) command.addOption(option)
  },
}

/** Bytes. Somewhat more than the longest token that is read, so that a longer one is told by its length. */
const LARGEST_INPUT = 300 * 1024
const LARGEST_FILE = 1024 * 1024

async function run(token: string | undefined, flags: Flags, world: World): Promise<void> {
  if (token !== undefined && token !== '-') throw tokenOnCommandLine()
  const { clientId, timeout, clockSkew } = flags
  const keys = await keySourceOf(flags)
  const trusted = flags.ca === undefined ? {} : { ca: await textIn(flags.ca) }
  const compact = await tokenFrom(world)
  const [{ decodeToken }, { createOutside }, { textRenderer }, { lookOf }, { penOf }, { proseLines }] = await Promise.all([
    import('../decoding.ts'),
    import('../../io/outside.ts'),
    import('../../render/text.ts'),
    import('../../render/look.ts'),
    import('../../render/pen.ts'),
    import('../prose.ts'),
  ])
  const { stdout, env, signal } = world
  const look = lookOf(stdout, env)
  const renderer = textRenderer(look, Date.now, { token: 'JWT', stops: 'this token is not to be trusted' })
  await using outside = createOutside({ signal, timeout, wait: 0, browser: async () => {}, ...trusted })
  const named = { ...(keys ? { keys } : {}), ...(clientId === undefined ? {} : { clientId }) }
  try {
    for await (const event of decodeToken({ compact, clockSkew, ...named }, outside)) stdout.write(renderer.event(event))
  } finally {
    stdout.write(renderer.pause())
  }
  stdout.write(`\n${proseLines(keys ? VERIFIED : NOT_VERIFIED, penOf(look)).join('\n')}\n`)
}

const NOT_VERIFIED =
  'Not verified: nobody has looked at the signature, and nothing was sent anywhere. ' +
  '--issuer <url> or --jwks <url|file> verifies it.'
const VERIFIED =
  'Signature and times hold. Whether the token belongs to a login of yours (nonce, at_hash), only the walk that gets ' +
  'it can tell. It was sent nowhere.'

async function keySourceOf({ issuer, jwks, clientId }: Flags): Promise<KeySource | undefined> {
  if (issuer !== undefined && jwks !== undefined) throw conflict('--issuer', '--jwks', 'Each says which keys to believe.')
  if (issuer !== undefined) return issuerOrMetadata(issuer)
  if (jwks === undefined) {
    if (clientId !== undefined) throw keysWanted()
    return undefined
  }
  if (isUrl(jwks)) return { jwksUrl: endpoint('--jwks')(jwks) }
  return { jwks: await textIn(jwks) }
}

async function textIn(path: string): Promise<string> {
  return await (await import('../../io/files.ts')).readTextFile(path, LARGEST_FILE)
}

function keysWanted(): UsageError {
  return new UsageError({
    happened: '--client-id asks for a verification without keys',
    means: 'Whoever wrote a token writes aud as well: it says something only once the signature holds.',
    tries: ['--issuer <url>', '--jwks <url|file>'],
    read: ['RFC 8725 3.1'],
  })
}

async function tokenFrom(world: World): Promise<string> {
  const text = await typedOrPiped(world)
  const token = text.trim()
  if (token === '') throw missing('the token', WAYS)
  return token
}

async function typedOrPiped(world: World): Promise<string> {
  if (isInteractive(world)) return (await import('../questions.ts')).questionsOn(world).text('JWT:', { clear: true })
  if (world.stdin.isTTY) throw missing('the token', WAYS)
  return (await import('../../io/files.ts')).readInput(LARGEST_INPUT)
}

const WAYS = [
  'authwalk decode < token.txt',
  'authwalk --practice --print id_token | authwalk decode',
  'authwalk decode, on a terminal: it is asked for',
]

function tokenOnCommandLine(): UsageError {
  return new UsageError({
    happened: 'a token on the command line is refused',
    means: 'It would be readable in the process list and stay in the shell history, and who finds it can use it until it expires.',
    tries: WAYS,
    read: ['RFC 6750 5.2', 'authwalk decode --help'],
  })
}
