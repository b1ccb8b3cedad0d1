import type { Stats } from 'node:fs'
import { MachineError, UsageError, WalkError } from '../errors.ts'
import { codeOf } from './error-code.ts'

interface Words {
  means: string
  try: string
}

/** A path that is not what is needed. */
export function refusal(name: string, problem: string, words: Words): UsageError {
  return new UsageError({ happened: `${name} ${problem}`, means: words.means, tries: [words.try], read: ['authwalk --help'] })
}

/** What the system said about a path. An ending that already has its words stays as it is. */
export function fileTrouble(error: unknown, path: string, verb: 'read' | 'write'): WalkError {
  if (error instanceof WalkError) return error
  const code = codeOf(error)
  const wrong = wrongPaths[code]
  if (wrong) return refusal(path, wrong[verb], WRONG_PATH)
  const words = systemFaults[code] ?? {
    problem: `failed (${code || 'no reason given'})`,
    means: 'The system refused it.',
    try: 'Take another place for the file.',
  }
  return new MachineError({
    happened: `To ${verb} ${path} ${words.problem}`,
    means: verb === 'write' ? `${words.means} Nothing half written was left behind.` : words.means,
    tries: [words.try],
    read: ['authwalk --help'],
  }, { cause: error })
}

export function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder'
  if (stats.isSymbolicLink()) return 'a symbolic link'
  if (stats.isFIFO()) return 'a pipe'
  return stats.isFile() ? 'a file' : 'a device or a socket'
}

const WRONG_PATH: Words = {
  means: 'Nothing can be done with this path.',
  try: 'Look for a typo in the path, from the folder that the command runs in.',
}

const wrongPaths: Readonly<Record<string, Record<'read' | 'write', string>>> = {
  ENOENT: { read: 'is not there', write: 'is in a folder that is not there' },
  ENOTDIR: { read: 'is not there', write: 'is in something that is no folder' },
  EISDIR: { read: 'is a folder', write: 'is a folder' },
  ENXIO: { read: 'is no file', write: 'is no file' },
  ELOOP: { read: 'is a symbolic link that leads to itself', write: 'is a symbolic link that leads to itself' },
  ENAMETOOLONG: { read: 'is too long a name', write: 'is too long a name' },
  ERR_INVALID_ARG_VALUE: { read: 'is no path', write: 'is no path' },
}

interface Fault extends Words {
  problem: string
}

const DENIED: Fault = {
  problem: 'is not allowed',
  means: 'The file or its folder belongs to somebody else, or is closed to this user.',
  try: 'Look at the permissions of the file and of the folder around it.',
}

const FULL: Fault = {
  problem: 'failed: no space is left',
  means: 'The disk, or this user’s share of it, is full.',
  try: 'Make room, or take another place for the file.',
}

const systemFaults: Readonly<Record<string, Fault>> = {
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: {
    problem: 'failed: the file system is read-only',
    means: 'Nothing can be written there.',
    try: 'Take another place for the file.',
  },
  ENOSPC: FULL,
  EDQUOT: FULL,
}
