import { execFileSync } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { toCurl } from '../../src/render/curl.ts'
import { run, start } from '../support/child.ts'
import { ISSUER } from '../support/fake-server.ts'
import { freePort, freeRedirectUri } from '../support/port.ts'
import { start as startTerminal } from '../support/pty.ts'
import { visit } from '../support/scripted-browser.mjs'
import { readSource } from '../support/source.ts'
import { tempFolder } from '../support/temp.ts'
import { authorizeUrl, expectFourLines, readBrowserLog, readTranscript, scriptedBrowser, startPractice } from '../support/walk.ts'
import { coreOf, createCanaries, holds } from './canaries.ts'
import { startWaiting } from './waiting.ts'
import { walking } from './walking.ts'

const linux = process.platform === 'linux'
const posix = process.platform !== 'win32'
const { secret } = createCanaries()
/** An issuer that is never asked: what is wrong with the secret is seen before. */
const nobody = ['https://as.example', '--client-id', 'x']

function expectHidden(text: string, canary = secret) {
  expect(holds(text, canary)).toBe(false)
}

describe('a secret on its way in', () => {
  test('S-01: on the command line it is refused, and not repeated', async () => {
    for (const args of [['--client-secret', secret], [`--client-secret=${secret}`], ['--secret', secret], ['--client_secret', secret], ['--password', secret], ['--param', `client_secret=${secret}`], ['--token-param', `client_secret=${secret}`]]) {
      const ending = await run([...nobody, ...args])
      expectFourLines(ending, 2)
      expectHidden(ending.stdout + ending.stderr)
    }
  })

  test('S-02: the refusal says that npm keeps its own log of the command line, and names the safe ways', async () => {
    const { stderr } = await run([...nobody, '--client-secret', secret])
    const words = stderr.replace(/\s+/g, ' ')
    expect(words).toContain('npm keeps it in its own logs')
    expect(words).toContain('AUTHWALK_CLIENT_SECRET in the environment')
    expect(words).toContain('--client-secret-file')
  })

  test('S-03: from the environment it is taken out, and no child gets it', async () => {
    await using practice = await startPractice(await freeRedirectUri())
    await using folder = await tempFolder()
    const log = join(folder.path, 'browser.json')
    const counted = join(folder.path, 'census.json')
    const census = new URL('./census.mjs', import.meta.url).pathname
    const env = { ...practice.env, BROWSER: scriptedBrowser, SCRIPTED_BROWSER_LOG: log, NODE_OPTIONS: `--import ${census}`, CENSUS: counted }
    const { exit } = await run([...practice.args, '--browser', 'system', '--json'], { env })
    expect(exit).toBe(0)
    const { args, environment } = await readBrowserLog(log)
    expectHidden(JSON.stringify([args, environment]), practice.secret)
    expectHidden(await readFile(counted, 'utf8'), practice.secret)
  })

  test.skipIf(!linux)('S-04: it is in no diagnostic report, and in no argument that others can see', async () => {
    await using folder = await tempFolder()
    const env = { AUTHWALK_CLIENT_SECRET: secret, NODE_OPTIONS: `--report-on-signal --report-uncaught-exception --report-directory=${folder.path}` }
    await using waiting = await startWaiting({ env, args: ['--json'] })
    const pid = waiting.child.process.pid ?? 0
    expectHidden(await readFile(`/proc/${pid}/cmdline`, 'utf8'))
    waiting.child.signal('SIGUSR2')
    const names = await (async () => {
      for (;;) {
        const found = (await readdir(folder.path)).filter((name) => name.endsWith('.json'))
        if (found.length > 0) return found
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    })()
    await waiting.finish()
    const reports = await Promise.all(names.map((name) => readFile(join(folder.path, name), 'utf8')))
    expect(reports.join()).toContain('environmentVariables')
    expectHidden(reports.join())
  })

  test('S-05: a file that others can read is warned of; what is no file, or too large, is refused', async () => {
    await using folder = await tempFolder()
    const at = (name: string) => join(folder.path, name)
    await writeFile(at('good'), `${secret}\n`, { mode: 0o600 })
    await writeFile(at('open'), secret)
    await chmod(at('open'), 0o644)
    await writeFile(at('large'), 'x'.repeat(70_000), { mode: 0o600 })
    await mkdir(at('folder'))
    await symlink('loop', at('loop'))
    const walk = async (name: string) => run(['--practice', '--redirect-uri', await freeRedirectUri(), '--client-secret-file', at(name)])
    for (const [name, warned] of [['good', false], ['open', posix]] as const) {
      const { exit, stdout, stderr } = await walk(name)
      // The practice provider has another secret.
      expect(exit).toBe(3)
      expect(`${stdout}${stderr}`.replace(/\s+/g, ' ').includes('can be opened by other users')).toBe(warned)
      expectHidden(stdout + stderr)
    }
    for (const name of ['large', 'folder', 'loop', 'gone']) expectFourLines(await walk(name), 2)
  })

  test('S-07: an empty one is refused, and one that anybody would try is warned of', async () => {
    expectFourLines(await run(nobody, { env: { AUTHWALK_CLIENT_SECRET: '' } }), 2)
    const args = [`http://127.0.0.1:${await freePort()}`, '--client-id', 'same']
    for (const [weak, says] of [['changeme', 'everybody tries first'], ['same', 'the same as client_id']] as const) {
      const { stdout, stderr } = await run(args, { env: { AUTHWALK_CLIENT_SECRET: weak } })
      expect(`${stdout}${stderr}`.replace(/\s+/g, ' ')).toContain(says)
    }
  })

  test('S-08: typed at the prompt it is never echoed, and the terminal is as before after Ctrl+C', async () => {
    await using session = startTerminal([...nobody])
    await session.waitFor('client_secret')
    session.press('TYPEDSECRET')
    await session.waitFor('*')
    session.press('\u0003')
    const { code, stty } = await session.exit()
    expect(code).toBe(130)
    expect(session.raw()).not.toContain('TYPEDSECRET')
    expect(stty).toMatch(/(?<!-)\becho\b/)
    expect(stty).toMatch(/(?<!-)\bicanon\b/)
  })
})

const told = (body: string, status = 400) => ({ replies: { [`${ISSUER}/token`]: () => ({ status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body }) } })

describe('a secret on its way out', () => {
  const client = { id: 'client', secret }

  test('S-10: what the server echoes is gone in every encoding', async () => {
    const basic = Buffer.from(`client:${secret}`).toString('base64')
    const ascii = JSON.stringify(secret).slice(1, -1).replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    const forms = [JSON.stringify(secret).slice(1, -1), ascii, encodeURIComponent(secret), new URLSearchParams([['', secret]]).toString().slice(1), basic, Buffer.from(secret).toString('base64url'), Buffer.from(secret).toString('hex')]
    for (const form of forms) {
      const { outcome, text, json, terminal } = await walking({ settings: { client }, fake: told(`{"error":"invalid_client","error_description":"you sent ${form} to us"}`) })
      expect(outcome.exit).toBe(3)
      for (const output of [text, json, terminal]) expectHidden(output)
    }
  })

  test('S-11: a curl line never holds it, and a shell takes every other word as it is', () => {
    const parameters = [{ name: 'client_secret', value: secret }, { name: 'scope', value: "a'b\n$(id)`id`\\\"" }]
    const { text: line } = toCurl({ type: 'request', name: 'token request', to: 'authorization server', method: 'POST', url: "https://as.example/t'$(id)", headers: [], parameters }, "cl'ient")
    expectHidden(line)
    const words = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${line}`], { env: { AUTHWALK_CLIENT_SECRET: 'from the shell' }, encoding: 'utf8' }).split('\0')
    expect(words).toContain('client_secret=from the shell')
    expect(words.join()).toContain('$(id)')
    expect(words.join()).not.toContain('uid=')
  })

  test('S-13: what fails between the exchange and the end quotes no token', async () => {
    const token = createCanaries().accessToken
    for (const body of [`{"access_token":"${token}",`, `{"access_token":"${token}","token_type":"mac"}`, `{"access_token":"${token}","access_token":"${token}"}`, `{"access_token":"${token}","token_type":"Bearer","id_token":7}`, `{"token_type":"Bearer","access_token":"${token}"} x`, `access_token=${token}`]) {
      const { outcome, text, json } = await walking({ fake: told(body, 200) })
      expect([3, 4, 5]).toContain(outcome.exit)
      for (const output of [text, json]) expectHidden(output, token)
    }
  })

  test('S-17: the verifier is nowhere; state, nonce and code are the owner’s alone', async () => {
    const { events, sent, text, json, terminal, place } = await walking()
    const verifier = /"code_verifier","value":"([^"]+)"/.exec(sent.find(({ url }) => url.endsWith('/token'))?.text ?? '')?.[1] ?? ''
    expect(verifier).toMatch(/^[\w-]{43}$/)
    for (const output of [text, json, terminal]) expect(holds(output, verifier)).toBe(false)
    for (const output of [text, json]) for (const value of [place.state, 'the-code-of-this-login', 'the-access-token']) expect(output).not.toContain(value)
    expect(events.flatMap((event) => (event.type === 'value' && event.name === 'code_verifier' ? [event.value] : []))).toEqual([expect.stringMatching(/^\[code_verifier, 43 characters, sha256 [0-9a-f]{8}\]$/)])
  })

  test('S-19: it goes to the token endpoint of the confirmed metadata, and to nobody else', async () => {
    const { outcome, sent } = await walking({ settings: { client } })
    expect(outcome.exit).toBe(0)
    const carriers = sent.filter(({ text }) => holds(decodedHeaders(text), secret))
    expect(carriers.map(({ url }) => url)).toEqual([`${ISSUER}/token`])
    const moved = { replies: { [`${ISSUER}/.well-known/openid-configuration`]: ({ body }: { body?: object | string }) => ({ body: { ...(typeof body === 'object' ? body : {}), issuer: 'https://evil.example', token_endpoint: 'https://evil.example/token' } }) } }
    await expect(walking({ settings: { client }, fake: moved })).rejects.toThrow('no browser was opened')
  })

  test('S-20: a public client sends none, not even an empty one', async () => {
    const { outcome, sent } = await walking({ settings: { client: { id: 'client', authMethod: 'none' } } })
    expect(outcome.exit).toBe(0)
    expect(sent.map(({ text }) => text).join()).not.toMatch(/client_secret|Basic /)
  })

  test('S-14: a bug ends in one line with exit code 1, without a stack and without what it was about', async () => {
    await using folder = await tempFolder()
    const bug = join(folder.path, 'bug.mjs')
    await writeFile(bug, `setTimeout(() => { ${'Promise.reject'}(Object.assign(new Error(${JSON.stringify(`\x1b[2J${coreOf(secret)}`)}), { cause: new Error('inner') })) }, 300)`)
    const { exit, stderr } = await run(['--practice', '--browser', 'none', '--redirect-uri', await freeRedirectUri()], { env: { NODE_OPTIONS: `--import ${bug}` }, stdin: { open: true } })
    expect(exit).toBe(1)
    expect(stderr).toMatch(/authwalk: a bug of ours/)
    expect(stderr).not.toMatch(/\n\s+at |inner|\x1b/)
    expectHidden(stderr)
  })

  test('S-15: NODE_DEBUG makes nobody print it', async () => {
    await using practice = await startPractice(await freeRedirectUri())
    await using child = start([...practice.args, '--browser', 'none', '--json'], { env: { ...practice.env, NODE_DEBUG: 'undici,fetch,websocket' } })
    const [url = ''] = await child.stderr.waitFor(authorizeUrl)
    await visit(url)
    const { exit, stdout, stderr } = await child.ended
    expect(exit).toBe(0)
    expectHidden(stdout + stderr, practice.secret)
    expect(readTranscript(stdout).outcome.status).toBe('completed')
  })
})

/** HTTP Basic, readable. */
function decodedHeaders(text: string): string {
  return text.replace(/Basic ([\w+/=]+)/g, (_, credentials: string) => `${decodeURIComponent(Buffer.from(credentials, 'base64').toString().replaceAll('+', ' '))}`)
}

test('S-16: nothing in the sources copies to a clipboard, counts, looks for updates or reports home', () => {
  const files = readSource()
  const imports = new Set(files.flatMap((file) => file.imports.map(({ from }) => from)).filter((from) => !from.startsWith('.') && !from.startsWith('node:')))
  expect([...imports].filter((name) => /clip|update|telemetry|analytics|sentry|posthog|segment/i.test(name))).toEqual([])
  const senders = files.filter(({ code, imports: own }) => /(?<![.\w])fetch\(/.test(code) || own.some(({ from, typeOnly }) => !typeOnly && /^(undici|node:https|node:dgram|node:http2)$/.test(from)))
  expect(senders.map(({ path }) => path).filter((path) => !/^src\/(?:io|practice)\//.test(path))).toEqual([])
})
