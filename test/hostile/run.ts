import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Transcript } from '../../src/events.ts'
import { start as startChild } from '../support/child.ts'
import type { Output } from '../support/output.ts'
import { freeRedirectUri } from '../support/port.ts'
import { start as startTerminal } from '../support/pty.ts'
import { visit } from '../support/scripted-browser.mjs'
import { tempFolder } from '../support/temp.ts'
import type { Facts } from './knob.ts'
import { CLIENT_ID, type Provider, startProvider } from './provider.ts'
import type { Mode, Row } from './row.ts'

/** What was left of a walk. */
export interface Run {
  row: Row
  mode: Mode
  provider: Provider
  exit: number
  stdout: string
  stderr: string
  /** In the mode `json`. */
  transcript?: Transcript
  /** Files in the child's working directory and home, with their texts. */
  files: Record<string, string>
  /** What the child could still tell when it ended. */
  census: Census
}

export interface Census {
  /** The event loop ran empty by itself: no socket, timer or child was left. */
  emptied: boolean
  /** The most memory that it had, in KiB. */
  peak: number
  environment: Record<string, string>
}

const census = fileURLToPath(new URL('./census.mjs', import.meta.url))
const opener = fileURLToPath(new URL('./opener.sh', import.meta.url))
const certificate = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url))
/** As far as white space: a long one comes in parts. */
const authorizationRequest = /https?:\/\/\S+[?&]response_type=code\S*(?=\s)/

/** Starts the built program against the provider of a row, and plays the browser. */
export async function runRow(row: Row, mode: Mode): Promise<Run> {
  await using home = await tempFolder()
  await using aside = await tempFolder()
  const provider = await startProvider(row)
  try {
    const counted = join(aside.path, 'census.json')
    await mkdir(join(home.path, 'work'))
    const document = join(aside.path, 'metadata.json')
    if (row.document) await writeFile(document, JSON.stringify(row.document(provider.facts)))
    const ended = await walk({ row, mode, provider, home: home.path, counted, args: await argsOf(row, mode, provider.facts, document) })
    if (row.expect.opened) await appears(join(home.path, 'opened'))
    return {
      row,
      mode,
      provider,
      ...ended,
      ...(mode === 'json' && ended.stdout !== '' ? { transcript: JSON.parse(ended.stdout) } : {}),
      files: await filesIn(home.path),
      census: JSON.parse(await readFile(counted, 'utf8')),
    }
  } finally {
    await provider[Symbol.asyncDispose]()
  }
}

async function argsOf(row: Row, mode: Mode, facts: Facts, document: string): Promise<string[]> {
  const { typed, args = [], timeout = 5, tls, ca = tls ? 'ca' : 'none', opens } = row
  return [
    ...(row.document ? ['--metadata', document] : [typed?.(facts) ?? facts.issuer]),
    '--no-pause',
    '--client-id', CLIENT_ID,
    '--redirect-uri', await freeRedirectUri(),
    '--browser', opens ? 'system' : 'none',
    '--timeout', String(timeout),
    '--wait', '20',
    ...(ca === 'none' ? [] : ['--ca', certificate(ca)]),
    ...(mode === 'json' ? ['--json'] : []),
    ...(typeof args === 'function' ? args(facts) : args),
  ]
}

interface Walk {
  row: Row
  mode: Mode
  provider: Provider
  home: string
  counted: string
  args: string[]
}

async function walk({ row, mode, provider: { facts }, home, counted, args }: Walk) {
  const env = {
    HOME: home,
    AUTHWALK_CLIENT_SECRET: facts.canaries.secret,
    NODE_OPTIONS: `--import ${census}`,
    CENSUS: counted,
    ...(row.opens ? { BROWSER: opener } : {}),
    ...(typeof row.env === 'function' ? row.env(facts) : row.env),
  }
  if (mode === 'terminal') {
    await using session = startTerminal(args, { env, cols: 100 })
    const exited = session.exit()
    await Promise.race([exited, session.waitFor(authorizationRequest).then(([url]) => browse(url, facts, row), () => {})])
    const { code } = await exited
    // Written after everything else: what was on its way has come.
    await session.waitFor('the settings of the terminal:')
    return { exit: code, stdout: session.raw(), stderr: '' }
  }
  await using child = startChild(args, { env, cwd: join(home, 'work'), stdin: { open: true } })
  await Promise.race([child.ended, announced(child.stderr, child.stdout).then((url) => browse(url, facts, row), () => {})])
  return await child.ended
}

function announced(...outputs: Output[]): Promise<string> {
  return Promise.any(outputs.map(async (output) => (await output.waitFor(authorizationRequest))[0] ?? ''))
}

/** What the person does. That the program is gone before the browser comes back is no concern of theirs. */
async function browse(url = '', { canaries, origin }: Facts, { hesitates = 0 }: Row): Promise<void> {
  await sleep(hesitates)
  // Whatever the server is called, there is one only, and no name is looked up.
  const { pathname, search } = new URL(url)
  await visit(`${origin}${pathname}${search}`, { password: canaries.password }).catch(() => {})
}

/** The browser is started and not waited for. */
async function appears(file: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await access(file).then(() => true, () => false)) return
    await sleep(50)
  }
}

async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory())
  const texts = files.map(async ({ parentPath, name }) => [name, await readFile(join(parentPath, name), 'latin1')] as const)
  return Object.fromEntries(await Promise.all(texts))
}

