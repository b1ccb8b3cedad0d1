import { stripVTControlCharacters } from 'node:util'
import { tmpdir } from 'node:os'
import { spawn } from '@lydell/node-pty'
import { Terminal } from '@xterm/headless'
import { cleanEnv, ending, program } from './child.ts'
import { Output } from './output.ts'

export interface Size {
  cols: number
  rows: number
}

export interface StartOptions extends Partial<Size> {
  env?: Record<string, string>
}

/** The built program in a pseudo-terminal, and the screen that a person would look at. */
export interface Session extends AsyncDisposable {
  /** Resolves when the text came since the last key press, control sequences taken out. */
  waitFor(wanted: string | RegExp): Promise<string[]>
  press(keys: string): void
  /** The lines in view. */
  screen(): string[]
  /** All lines since the start, each as the program wrote it, and whether the terminal had to break it. */
  lines(): { text: string; broken: boolean }[]
  /** Every byte, control sequences included. */
  raw(): string
  /** The exit code, and the terminal's settings as `stty -a` tells them when the program has gone. */
  exit(): Promise<{ code: number; stty: string }>
}

const sttyMark = 'the settings of the terminal:'
const endMark = 'all of it was written'
/**
 * sh outlives the program and its Ctrl+C, and says what was left of the terminal. Then it waits to be let go: bytes that
 * nobody has read when the last process ends are lost.
 */
const shell = `trap : INT; "$@"; code=$?; printf '\\n${sttyMark}\\n'; stty -a; printf '${endMark}\\n'; while read -r word; do [ "$word" = go ] && break; done; exit $code`

export function start(args: readonly string[], { cols = 80, rows = 24, env }: StartOptions = {}): Session {
  const terminal = new Terminal({ cols, rows, scrollback: 10_000, allowProposedApi: true })
  const output = new Output()
  const child = spawn('/bin/sh', ['-c', shell, 'sh', process.execPath, program, ...args], {
    name: 'xterm-256color',
    cols,
    rows,
    cwd: tmpdir(),
    env: { ...cleanEnv, TERM: 'xterm-256color', ...env },
  })
  let sinceKey = 0
  let gone = false
  let letGo = false
  child.onData(text => terminal.write(text, () => {
    output.add(text)
    if (letGo || !output.text.includes(endMark)) return
    letGo = true
    child.write('\ngo\n')
  }))
  terminal.onData(answer => child.write(answer))
  const exited = new Promise<number>(resolve => child.onExit(({ exitCode }) => resolve(exitCode)))
  const ended = exited.then(async code => {
    gone = true
    await new Promise<void>(resolve => terminal.write('', resolve))
    return code
  })
  const [written, settings] = [() => output.text.split(sttyMark)[0] ?? '', () => output.text.split(sttyMark)[1] ?? '']
  return {
    waitFor: wanted => output.waitFor(wanted, () => plain(output.text.slice(sinceKey))),
    press(keys) {
      sinceKey = output.text.length
      child.write(keys)
    },
    screen: () => linesOf(terminal).slice(terminal.buffer.active.baseY).map(line => line.text),
    lines: () => joinBroken(beforeStty(linesOf(terminal))),
    raw: written,
    exit: async () => ({ code: await ended, stty: settings() }),
    async [Symbol.asyncDispose]() {
      // The group: sh and the program.
      if (!gone) process.kill(-child.pid, ending)
      await ended
      terminal.dispose()
    },
  }
}

function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll('\r\n', '\n')
}

interface Line {
  text: string
  /** It goes on from the line above, because the terminal was too narrow. */
  goesOn: boolean
}

function linesOf(terminal: Terminal): Line[] {
  const { active } = terminal.buffer
  return Array.from({ length: active.length }, (_, index) => {
    const line = active.getLine(index)
    return { text: line?.translateToString(true) ?? '', goesOn: line?.isWrapped ?? false }
  })
}

function beforeStty(lines: Line[]): Line[] {
  const end = lines.findIndex(line => line.text === sttyMark)
  return end < 0 ? lines : lines.slice(0, end)
}

function joinBroken(lines: Line[]): { text: string; broken: boolean }[] {
  const whole: { text: string; broken: boolean }[] = []
  for (const { text, goesOn } of lines) {
    const last = whole.at(-1)
    if (goesOn && last) whole.splice(-1, 1, { text: last.text + text, broken: true })
    else whole.push({ text, broken: false })
  }
  return whole
}
