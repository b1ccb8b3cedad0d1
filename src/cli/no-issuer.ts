import { nearest } from '../nearest.ts'
import { UsageError } from '../errors.ts'
import { presets } from '../providers/index.ts'
import { subcommands } from './commands/index.ts'

/** For a word that is no URL: what was probably meant. The word is never repeated, it may be a secret in the wrong place. */
export function noIssuer(typed: string): UsageError {
  const word = typed.toLowerCase()
  const known = new Map([
    ...['practice', ...subcommands.map(({ name }) => name)].map((name) => [name, `authwalk ${name}`] as const),
    ...presets.map(({ id }) => [id, `authwalk --provider ${id}`] as const),
  ])
  const isHost = /^[\w-]+(\.[\w-]+)*(\.[a-z]{2,}|:\d+)(\/|$)/.test(word)
  return new UsageError({
    happened: 'issuer takes a whole URL',
    means: 'The walk has not begun and nothing was sent.',
    tries: [
      ...nearest(word, known.keys(), 1).flatMap((name) => known.get(name) ?? []),
      ...(isHost ? ['Put https:// in front of it, or http:// for a server on this machine.'] : []),
      'authwalk https://accounts.example.com',
    ],
    read: ['authwalk --help', 'authwalk providers'],
  })
}
