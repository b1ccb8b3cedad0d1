import { type ChildProcess, spawn } from 'node:child_process'
import { constants, tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Output } from './output.ts'

/** The built program, as the package installs it; `npm run coverage` has a build of its own. */
export const program = process.env['AUTHWALK_PROGRAM'] ?? fileURLToPath(new URL('../../bin/authwalk.js', import.meta.url))

/** Where `npm run coverage` wants every process to leave its counts. */
const counts = process.env['NODE_V8_COVERAGE']

/** What ends a child that is still there when its test is over. One that is killed leaves no counts. */
export const ending: NodeJS.Signals = counts ? 'SIGHUP' : 'SIGKILL'

/** What a shell would hand over, less everything of the person who runs the tests. */
export const cleanEnv = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), LANG: 'C.UTF-8', TZ: 'UTC', ...(counts ? { NODE_V8_COVERAGE: counts } : {}) }

export interface Ending {
  /** As a shell counts: 128 + the number of the signal that ended it. */
  exit: number
  stdout: string
  stderr: string
  milliseconds: number
}

export interface StartOptions {
  env?: Record<string, string>
  cwd?: string
  /** Written to stdin, which is then closed. Without it stdin is closed at once; `open` leaves it open. */
  stdin?: string | { open: true }
}

export interface Child extends AsyncDisposable {
  process: ChildProcess
  stdout: Output
  stderr: Output
  signal(name: NodeJS.Signals): void
  ended: Promise<Ending>
}

/** Starts the built program without a terminal. */
export function start(args: readonly string[], options: StartOptions = {}): Child {
  return startCommand(process.execPath, [program, ...args], options)
}

/** Runs the built program to its end. */
export async function run(args: readonly string[], options: StartOptions = {}): Promise<Ending> {
  await using child = start(args, options)
  return await child.ended
}

/** Runs a line of sh, in which `"$@"` is the built program and its arguments. */
export async function runInShell(line: string, args: readonly string[], options: StartOptions = {}): Promise<Ending> {
  await using child = startCommand('/bin/sh', ['-c', line, 'sh', process.execPath, program, ...args], options)
  return await child.ended
}

function startCommand(command: string, args: string[], { env, cwd, stdin = '' }: StartOptions): Child {
  const began = performance.now()
  const child = spawn(command, args, { cwd: cwd ?? tmpdir(), env: { ...cleanEnv, ...env }, stdio: 'pipe' })
  const stdout = new Output()
  const stderr = new Output()
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.add(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.add(text))
  child.stdin.on('error', () => {})
  if (typeof stdin === 'string') child.stdin.end(stdin)
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const exit = code ?? 128 + constants.signals[signal ?? 'SIGKILL']
      resolve({ exit, stdout: stdout.text, stderr: stderr.text, milliseconds: performance.now() - began })
    })
  })
  return {
    process: child,
    stdout,
    stderr,
    ended,
    signal: name => void child.kill(name),
    async [Symbol.asyncDispose]() {
      child.kill(ending)
      await ended
    },
  }
}
