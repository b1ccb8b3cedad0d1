import { UsageError } from '../errors.ts'

/** Everything that a person can get wrong before the walk begins, in four lines each. */

/** A value that a flag does not take. The value itself is never repeated: it may be a secret in the wrong place. */
export function wrongValue(flag: string, takes: string, example: string): UsageError {
  return new UsageError({
    happened: `${flag} takes ${takes}`,
    means: 'The walk has not begun and nothing was sent.',
    tries: [flag.startsWith('--') ? `${flag} ${example}` : `authwalk ${example}`],
    read: ['authwalk --help'],
  })
}

export function missing(what: string, tries: string[]): UsageError {
  return new UsageError({
    happened: `${what} is missing`,
    means: 'There is no terminal to ask on, so it has to be given when the program starts.',
    tries,
    read: ['authwalk --help'],
  })
}

export function conflict(one: string, other: string, means: string): UsageError {
  return new UsageError({
    happened: `${one} and ${other} exclude each other`,
    means,
    tries: [`leave out ${one}`, `leave out ${other}`],
    read: ['authwalk --help'],
  })
}

/** URLs that a secret or a code would travel over in the open, or that no specification allows. */
export function unsafeUrl(flag: string, happened: string, means: string, read: string): UsageError {
  return new UsageError({ happened: `${flag}: ${happened}`, means, tries: [`give ${flag} another URL`], read: [read] })
}

export const SAFE_WAYS = [
  'AUTHWALK_CLIENT_SECRET in the environment (taken out of it as soon as it is read)',
  '--client-secret-file <path>, or - for standard input',
  'neither of them, on a terminal: it is asked for behind a mask',
]

export function secretOnCommandLine(flag: string): UsageError {
  return new UsageError({
    happened: `${flag}: a secret on the command line is refused`,
    means: 'It would be readable in the process list, stay in the shell history, and npm keeps it in its own logs.',
    tries: SAFE_WAYS,
    read: ['RFC 6749 2.3.1', 'authwalk --help'],
  })
}
