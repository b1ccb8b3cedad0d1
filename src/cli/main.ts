/**
 * The entry of the program, and the only place that ends the process: it sets `process.exitCode` and lets the event
 * loop empty, since `process.exit` cuts a pipe at 64 KiB. It loads nothing that `--version` can do without.
 */
import { readFileSync, readlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Cancelled, MachineError } from '../errors.ts'
import type { World } from './world.ts'

/** The newest release that has been seen to know the flag of `run`: a later one might complain about it. */
const NEWEST = 26
/** Milliseconds that unwinding may take after a signal. */
const PATIENCE = 800
const MACHINE = 8

const controller = new AbortController()
const argv = process.argv.slice(2)
let settled = false
let outputLost = false

function start(): void {
  // Whatever ends without having said how is a bug.
  process.exitCode = 1
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave(signal))
  process.on('uncaughtException', blame)
  process.once('beforeExit', () => {
    if (!settled) blame(new Error('nothing is left to wait for, and the walk has not ended'))
  })
  if (isClosed(1) && !isClosed(2)) return loseOutput(new Error('closed'))
  const answer = writtenAnswer()
  const rest = answer && restOf(answer)
  if (rest?.length === 0) return settle(0)
  process.stdout.on('error', loseOutput)
  process.stderr.on('error', () => {})
  if (rest) return void process.stdout.write(rest, () => settle(0))
  run().then(settle, blame)
}

const world: World = {
  get stdin() {
    return process.stdin
  },
  get stdout() {
    return process.stdout
  },
  get stderr() {
    return process.stderr
  },
  env: process.env,
  signal: controller.signal,
  interrupt: () => leave('SIGINT'),
}

async function run(): Promise<number> {
  // Node would take 15 MB, and Node.js 20 a tenth of a second, to optimize undici's parser for the few answers of a walk.
  if (Number.parseInt(process.versions.node, 10) <= NEWEST) (await import('node:v8')).setFlagsFromString('--wasm-tiering-budget=1000000000')
  const { command } = await import('./command.ts')
  return await command(argv, world)
}

const WRITTEN: Readonly<Record<string, string>> = { '--help': 'help.txt', '-h': 'help.txt', '--version': 'version.txt' }

/** What never changes is written down when the program is built, and needs nothing to be loaded. */
function writtenAnswer(): Buffer | undefined {
  const name = argv.length === 1 ? WRITTEN[argv[0] ?? ''] : undefined
  try {
    return name === undefined ? undefined : readFileSync(join(import.meta.dirname, name))
  } catch {
    return undefined
  }
}

/** Writes what standard output takes at once, without the streams that Node would have to load first. */
function restOf(answer: Buffer): Buffer {
  try {
    return answer.subarray(writeSync(1, answer))
  } catch {
    return answer
  }
}

function settle(exit: number): void {
  if (settled) return
  settled = true
  process.exitCode = exit
}

/** The first signal unwinds the program, the second does not wait for that. */
function leave(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void {
  const cancelled = new Cancelled(signal)
  if (controller.signal.aborted) process.exit(cancelled.exit)
  controller.abort(cancelled)
  exitSoon(cancelled.exit)
}

/** Standard output takes no more. Whoever closed a pipe wants no more, and is told nothing. */
function loseOutput(error: NodeJS.ErrnoException): void {
  if (outputLost) return
  outputLost = true
  if (!settled || process.exitCode === 0) process.exitCode = MACHINE
  settled = true
  controller.abort(new Cancelled('SIGTERM'))
  exitSoon(MACHINE)
  if (error.code === 'EPIPE') return
  const explanation = {
    happened: `standard output takes nothing (${error.code === undefined ? error.message : error.code})`,
    means: 'The result has nowhere to go: the file system is full, or the stream was closed before the program began.',
    tries: ['Look where standard output leads.', 'Free some space, or name another file.'],
    read: ['authwalk --help'],
  }
  const failure = new MachineError(explanation)
  import('./command.ts').then(({ tellFailure }) => tellFailure(process.stderr, process.env, failure)).catch(blame)
}

/** Exit code 1: one line, and nothing in it that came from outside. */
function blame(error: unknown): void {
  settled = true
  process.exitCode = 1
  controller.abort(error)
  exitSoon(1)
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: '' }
  const at = /([\w.-]+\.[jt]s:\d+):\d+\)?$/m.exec(String(stack))
  const where = at ? ` at ${at[1]}` : ''
  const how = 'Report it with this line and your command line; --debug shows more.'
  process.stderr.write(`authwalk: a bug of ours (${name}${where}). ${how}\n`)
  if (argv.includes('--debug')) process.stderr.write(`${String(stack).replace(/[^\x20-\x7e\n]/g, '?')}\n`)
}

/** Only where something still holds the event loop. */
function exitSoon(exit: number | string): void {
  setTimeout(() => process.exit(exit), PATIENCE).unref()
}

/**
 * Node puts /dev/null, open for reading and writing, in the place of a standard stream that is closed. Other programs
 * open it so for a child whose output they don't want; a shell opens it for writing alone. Linux tells the two apart,
 * as long as the shell is there.
 */
function isClosed(descriptor: number): boolean {
  try {
    const isReadable = /^flags:\s+\d*2$/m.test(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))
    if (!isReadable || !isNull('self', descriptor)) return false
    const parent = readFileSync(`/proc/${process.ppid}/comm`, 'utf8')
    return /^(ba|da|k|mk|z|fi|a)?sh\n$/.test(parent) && !isNull(process.ppid, descriptor)
  } catch {
    return false
  }
}

function isNull(owner: number | 'self', descriptor: number): boolean {
  try {
    return readlinkSync(`/proc/${owner}/fd/${descriptor}`) === '/dev/null'
  } catch {
    return false
  }
}

start()
