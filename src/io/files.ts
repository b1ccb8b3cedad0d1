import { randomBytes } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { lstat, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { codeOf } from './error-code.ts'
import { fileTrouble, kindOf, refusal } from './file-trouble.ts'

const LARGEST_SECRET = 64 * 1024

const NO_FILE = { means: 'A file is needed here.', try: 'A secret that a program prints can be piped in: --client-secret-file -' }
const TERMINAL = { means: 'What is typed there can be seen.', try: 'Pipe the secret in, or leave the flag out and be asked for it.' }
const TOO_LARGE = { means: 'That much can’t be meant here.', try: 'Look whether it is the right file.' }
const NO_TEXT = {
  means: 'Its bytes can’t be read as text without guessing.',
  try: 'Save it as UTF-8. Windows PowerShell writes UTF-16 unless told otherwise.',
}

/**
 * Reads a secret from a file, or from standard input where the path is `-`. One line end behind it is taken off.
 * @param warn told where others on this machine can read the file, or own it
 * @throws UsageError | MachineError
 */
export async function readSecretFile(path: string, warn: (warning: string) => void = () => {}): Promise<string> {
  const inspect = (stats: Stats) => warnings(path, stats).forEach(warn)
  const text = path === '-' ? await readInput(LARGEST_SECRET) : await readFile(path, LARGEST_SECRET, inspect)
  const secret = text.replace(/\r?\n$/, '')
  if (secret !== '') return secret
  throw refusal(nameOf(path), 'is empty', {
    means: 'The client secret is what has to be in it.',
    try: 'Write the secret into it, and nothing else.',
  })
}

/**
 * Reads a text file of at most `largest` bytes.
 * @throws UsageError | MachineError
 */
export function readTextFile(path: string, largest: number): Promise<string> {
  return readFile(path, largest, () => {})
}

/**
 * Writes a file that its owner alone can read. It is there as a whole or not at all.
 * @throws UsageError | MachineError
 */
export async function writePrivate(path: string, text: string): Promise<void> {
  await requireAbsent(path)
  const draft = join(dirname(path), `.authwalk-${randomBytes(6).toString('hex')}`)
  try {
    await writeDraft(draft, text)
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw fileTrouble(error, path, 'write')
  }
}

/**
 * For whoever will write there later, and wants to know before the work is done.
 * @throws UsageError where something is there already
 */
export async function requireAbsent(path: string): Promise<void> {
  const stats = await lstat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw fileTrouble(error, path, 'write')
  })
  if (!stats) return
  throw refusal(path, stats.isFile() ? 'is there already' : `is ${kindOf(stats)}`, {
    means: 'Nothing is written over it: it may be wanted, and others may be able to read it.',
    try: 'Take another name, or remove it first.',
  })
}

async function writeDraft(path: string, text: string): Promise<void> {
  await using file = await open(path, 'wx', 0o600)
  await file.writeFile(text)
  await file.sync()
}

async function readFile(path: string, largest: number, inspect: (stats: Stats) => void): Promise<string> {
  try {
    // Without O_NONBLOCK, which Windows lacks, a pipe that nobody writes to would never open.
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const stats = await file.stat()
    if (!stats.isFile()) throw refusal(path, `is ${kindOf(stats)}`, NO_FILE)
    inspect(stats)
    // One byte more than allowed tells a file that is too large, whatever size it claims.
    return decode(await buffer(file.createReadStream({ end: largest, autoClose: false })), path, largest)
  } catch (error) {
    throw fileTrouble(error, path, 'read')
  }
}

/**
 * Reads standard input to its end.
 * @param largest bytes
 * @throws UsageError for a terminal, for more than that, and for what is no text
 */
export async function readInput(largest: number): Promise<string> {
  const name = nameOf('-')
  if (process.stdin.isTTY) throw refusal(name, 'is a terminal', TERMINAL)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    length += chunk.length
    if (length > largest) break
  }
  return decode(Buffer.concat(chunks), name, largest)
}

function decode(bytes: Buffer, name: string, largest: number): string {
  if (bytes.length > largest) throw refusal(name, `is larger than ${largest / 1024} KiB`, TOO_LARGE)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refusal(name, 'is not UTF-8 text', NO_TEXT)
  }
}

/** Windows has neither mode bits nor user ids. Root owns what is mounted into containers. */
function warnings(path: string, { mode, uid }: Stats): string[] {
  const self = process.getuid?.()
  if (self === undefined) return []
  const open = mode & 0o077 ? [`${path} can be opened by other users of this machine: chmod 600 ${path}`] : []
  const foreign = uid !== self && uid !== 0
  return foreign ? [...open, `${path} belongs to another user of this machine, who can change it.`] : open
}

function nameOf(path: string): string {
  return path === '-' ? 'Standard input' : path
}
