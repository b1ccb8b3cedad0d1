// The program as a process, against `node -e 0`.
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bundled } from '../support/bundled.mjs'
import { cleanEnv, freePort, peak, program, versus, wall } from './measure.mjs'

const BARE = ['-e', '0']
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 11)
const openidClient = fileURLToPath(new URL('openid-client.mjs', import.meta.url))

/** @typedef {{ what: string, ratio: number, most: number, detail: string }} Row */

/**
 * @param {(row: Row) => void} tell
 */
export async function processes(tell) {
  for (const flag of ['--version', '--help']) {
    await timed(`authwalk ${flag}, wall`, 1.25, [program, flag], {})
  }
  const redirectUri = `http://127.0.0.1:${await freePort()}/callback`
  const practice = [program, '--practice', '--redirect-uri', redirectUri, '--json', '--browser', 'builtin']
  const [browser, floor] = await Promise.all(['../support/scripted-browser.mjs', 'floor.mjs'].map(commonJs))
  const server = await practiceServer(redirectUri)
  try {
    const env = { AUTHWALK_CLIENT_SECRET: server.secret, BROWSER: browser?.path ?? '' }
    const issuer = [server.issuer, '--client-id', 'walkthrough', '--redirect-uri', redirectUri]
    const walk = [program, ...issuer, '--json', '--browser', 'system']
    await timed('a whole walk, local provider, scripted browser, wall', 5, walk, env)
    await timed('the same messages with node:http alone, and no check', 5, [floor?.path ?? '', server.issuer, redirectUri], env)
    await timed('a whole practice walk, wall', 8, practice, {})
    await timed('authwalk doctor, healthy local provider, wall', 8, [program, 'doctor', ...issuer], env)
    await againstOpenidClient(() => wall(walk, env), { ...env, issuer: server.issuer, redirectUri })
    const memory = await versus(() => peak(walk, env), () => peak(BARE), ROUNDS)
    tell({ what: 'peak memory of a walk', ratio: memory.ratio, most: 1.8, detail: detail(memory, 'kB') })
  } finally {
    server.stop()
    await browser?.[Symbol.asyncDispose]()
    await floor?.[Symbol.asyncDispose]()
  }

  /** @type {(ours: () => Promise<number>, walk: Record<string, string>) => Promise<void>} */
  async function againstOpenidClient(ours, { issuer = '', redirectUri = '', ...env }) {
    const folder = await mkdtemp(join(tmpdir(), 'authwalk-bench-'))
    try {
      await promisify(execFile)('npm', ['install', '--silent', '--prefix', folder, 'openid-client@6'])
      const bare = () => wall([openidClient, issuer, redirectUri], { ...env, INSTALLED: join(folder, 'package.json') })
      const figures = await versus(ours, bare, ROUNDS)
      tell({ what: 'a whole walk, against openid-client used bare, wall', ratio: figures.ratio, most: 2, detail: detail(figures, 'ms') })
    } catch (error) {
      process.stdout.write(`openid-client could not be installed or does not walk: ${String(error).slice(0, 200)}\n`)
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  /** @type {(what: string, most: number, args: string[], env: Record<string, string>) => Promise<void>} */
  async function timed(what, most, args, env) {
    const figures = await versus(() => wall(args, env), () => wall(BARE), ROUNDS)
    tell({ what, ratio: figures.ratio, most, detail: detail(figures, 'ms') })
  }
}

/** @type {(script: string) => ReturnType<typeof bundled>} */
function commonJs(script) {
  return bundled(new URL(script, import.meta.url), 'cjs')
}

/** @type {(figures: { a: number, b: number }, unit: string) => string} */
function detail({ a, b }, unit) {
  return `${a.toFixed(0)} / ${b.toFixed(0)} ${unit}`
}

/** @param {string} redirectUri */
async function practiceServer(redirectUri) {
  const args = [program, 'practice', '--port', String(await freePort()), '--redirect-uri', redirectUri]
  const running = spawn(process.execPath, args, { env: cleanEnv, stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  for await (const chunk of running.stdout.iterator({ destroyOnReturn: false })) {
    told += String(chunk)
    const [issuer] = /http:\/\/127\.0\.0\.1:\d+(?![\d/])/.exec(told) ?? []
    const [, secret] = /AUTHWALK_CLIENT_SECRET=['"]?([\w-]+)/.exec(told) ?? []
    if (issuer && secret) {
      running.stdout.resume()
      return { issuer, secret, stop: () => running.kill() }
    }
  }
  throw new Error(`the practice provider did not start:\n${told}`)
}
