import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { audienceOf } from '../../src/cli/audience.ts'
import type { Flags } from '../../src/cli/options.ts'
import { deliver, outputsOf, recorder } from '../../src/cli/outputs.ts'
import type { World } from '../../src/cli/world.ts'
import type { Outcome, WalkEvent } from '../../src/events.ts'

const flags: Flags = { redirectUri: 'http://127.0.0.1:8765/callback', pkce: 'S256', pause: true, timeout: 1, wait: 1, clockSkew: 0 }

interface Streams {
  stdin?: boolean
  stdout?: boolean
  stderr?: boolean
  env?: NodeJS.ProcessEnv
}

/** Which of the three are terminals, and what was written to them. */
function worldOf({ stdin = false, stdout = false, stderr = false, env = {} }: Streams) {
  const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY, columns: 80 }) as unknown as NodeJS.WriteStream & NodeJS.ReadStream
  const world: World = { stdin: stream(stdin), stdout: stream(stdout), stderr: stream(stderr), env, signal: new AbortController().signal, interrupt: () => {} }
  const written = (target: NodeJS.WriteStream) => {
    const chunks: string[] = []
    for (let chunk: unknown; (chunk = (target as unknown as PassThrough).read()) !== null;) chunks.push(String(chunk))
    return chunks.join('')
  }
  return { world, out: () => written(world.stdout), err: () => written(world.stderr) }
}

const all = { stdin: true, stdout: true, stderr: true }

describe('who gets what', () => {
  test.each([
    ['a terminal', all, {}, { interactive: true, text: 'stdout', notices: 'stdout', reveal: 'tokens' }],
    ['a projector', all, { hideTokens: true }, { interactive: true, text: 'stdout', notices: 'stdout', reveal: 'nothing' }],
    ['a pipe', { stdin: true, stderr: true }, {}, { interactive: false, text: 'stdout', notices: 'stderr', reveal: 'nothing' }],
    ['a pipe that may see secrets', {}, { showSecrets: true }, { interactive: false, text: 'stdout', notices: 'stderr', reveal: 'everything' }],
    ['--json at a terminal', all, { json: true }, { interactive: false, text: 'stderr', notices: 'stderr', reveal: 'tokens' }],
    ['--json in a pipe', {}, { json: true }, { interactive: false, text: undefined, notices: 'stderr', reveal: 'nothing' }],
    ['--print in a pipe', {}, { print: 'access_token' }, { interactive: false, text: 'stderr', notices: 'stderr', reveal: 'nothing' }],
    ['a closed stdin', { stdout: true, stderr: true }, {}, { interactive: false, text: 'stdout', notices: 'stdout', reveal: 'tokens' }],
    ['TERM=dumb', { ...all, env: { TERM: 'dumb' } }, {}, { interactive: false, text: 'stdout', notices: 'stdout', reveal: 'tokens' }],
    ['CI', { ...all, env: { CI: '1' } }, {}, { interactive: false, text: 'stdout', notices: 'stdout', reveal: 'tokens' }],
  ] as const)('%s', (_, streams, more, { text, notices, ...wanted }) => {
    const { world } = worldOf(streams)
    const outputs = outputsOf(world, { ...flags, ...more })
    expect(outputs).toMatchObject(wanted)
    expect(outputs.text).toBe(text && world[text])
    expect(outputs.notices).toBe(world[notices])
  })
})

const hostile = '\u001b[2K\u009b31m\u202e\r'
const stranger: WalkEvent = { type: 'redirect', method: 'GET', path: `/${hostile}`, parameters: [], accepted: false, reason: hostile, at: 1, by: 'listener' }
const value: WalkEvent = { type: 'value', name: hostile, value: hostile, origin: 'made', purpose: hostile }
const failed: Outcome = { status: 'failed', exit: 5, error: { happened: hostile, means: hostile, tries: [hostile], read: [hostile] } }

/** What a walk with these events that ends so leaves on the streams. */
async function told(streams: Streams, more: Partial<Flags>) {
  const { world, out, err } = worldOf(streams)
  const run = { world, flags: { ...flags, ...more }, outputs: outputsOf(world, { ...flags, ...more }) }
  const audience = await audienceOf({ ...run, browser: 'none', redirectUri: 'http://127.0.0.1:8765/callback', clientId: 'c' })
  const record = recorder(run.flags)
  audience.announce('http://127.0.0.1/authorize?a=b')
  for (const event of [value, stranger]) for (const reader of [...audience.readers, record]) await reader.show(event)
  const outcome = await deliver({ outcome: failed }, { ...run, record, audience })
  return { out: out(), err: err(), outcome }
}

/** What a terminal would obey. */
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/

describe('without a terminal', () => {
  test.each([{}, { json: true }, { print: 'id_token' }] as const)('%o: no control character comes out', async (more) => {
    const { out, err } = await told({}, more)
    expect(out + err).not.toMatch(controls)
    expect(err).toContain('exit 5')
  })

  test('the URL and the strangers are told on stderr, the walk on stdout', async () => {
    const { out, err } = await told({}, {})
    expect(err).toContain('\nhttp://127.0.0.1/authorize?a=b\n')
    expect(err).toContain('ignored')
    expect(out).toContain('exit 5')
    expect(out).not.toContain('authorize?')
  })

  test('--json is one document and nothing else, and fails in JSON too', async () => {
    const { out, outcome } = await told({}, { json: true })
    expect(JSON.parse(out)).toEqual({ version: 1, events: [value, stranger], outcome: failed })
    expect(outcome).toEqual(failed)
  })

  test('--print has nothing on stdout where there is no token', async () => {
    expect((await told({}, { print: 'access_token' })).out).toBe('')
  })

  test('a transcript that can not be saved is a failure', async () => {
    const { world } = worldOf({})
    const run = { world, flags: { ...flags, save: '/such/a/folder/walk.json' }, outputs: outputsOf(world, flags) }
    const audience = await audienceOf({ ...run, browser: 'none', redirectUri: 'http://127.0.0.1:8765/callback', clientId: 'c' })
    const outcome = await deliver({ outcome: { status: 'completed', exit: 0 } }, { ...run, record: recorder(run.flags), audience })
    expect(outcome).toMatchObject({ status: 'failed', exit: expect.toSatisfy((exit) => exit === 2 || exit === 8) })
  })
})
