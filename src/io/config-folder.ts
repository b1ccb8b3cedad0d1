import type { Stats } from 'node:fs'
import { mkdir, readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, win32 } from 'node:path'
import { UsageError } from '../errors.ts'
import { codeOf } from './error-code.ts'
import { fileTrouble } from './file-trouble.ts'
import { readTextFile, writePrivate } from './files.ts'

const LARGEST = 1024 * 1024

/** Where this user keeps what the program shall remember. Never the current folder: that may be anybody's. */
export function configFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform, home: string = homedir()): string {
  const { XDG_CONFIG_HOME: xdg = '', APPDATA: appData = '' } = env
  if (platform === 'win32') return win32.join(win32.isAbsolute(appData) ? appData : win32.join(home, 'AppData', 'Roaming'), 'authwalk')
  if (isAbsolute(xdg)) return join(xdg, 'authwalk')
  return platform === 'darwin' ? join(home, 'Library', 'Application Support', 'authwalk') : join(home, '.config', 'authwalk')
}

/**
 * Names of the files in a folder, sorted; none where there is no such folder.
 * @throws UsageError where others could have put them there
 */
export async function listOwn(folder: string): Promise<string[]> {
  try {
    await requireOwnFolder(folder)
    return (await readdir(folder)).toSorted()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw fileTrouble(error, folder, 'read')
  }
}

/**
 * Reads a file that nobody else could have written.
 * @throws UsageError | MachineError
 */
export async function readOwn(path: string): Promise<string> {
  try {
    await requireOwnFolder(dirname(path))
    requireOwn(path, await stat(path))
  } catch (error) {
    throw fileTrouble(error, path, 'read')
  }
  return await readTextFile(path, LARGEST)
}

/**
 * Writes a new file, for its owner alone, and makes its folder where there is none.
 * @throws UsageError | MachineError
 */
export async function writeOwn(path: string, text: string): Promise<void> {
  const folder = dirname(path)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await requireOwnFolder(folder)
  } catch (error) {
    throw fileTrouble(error, path, 'write')
  }
  await writePrivate(path, text)
}

/** The folder and the one above it: whoever can rename one can put another in its place. */
async function requireOwnFolder(folder: string): Promise<void> {
  for (const path of [dirname(folder), folder]) requireOwn(path, await stat(path))
}

/** Windows has neither mode bits nor user ids. Root may do as it likes anyway. */
function requireOwn(path: string, { mode, uid }: Stats): void {
  const self = process.getuid?.()
  if (self === undefined) return
  if (uid !== self && uid !== 0) throw unsafe(path, 'belongs to another user', `Move it away, or take another folder with XDG_CONFIG_HOME.`)
  if (mode & 0o022) throw unsafe(path, 'can be written by other users', `chmod go-w '${path.replaceAll("'", "'\\''")}'`)
}

function unsafe(path: string, problem: string, remedy: string): UsageError {
  return new UsageError({
    happened: `${path} ${problem} of this machine`,
    means: 'A profile says where the client secret is sent. Somebody else could have written it.',
    tries: [remedy],
    read: ['authwalk profiles'],
  })
}
