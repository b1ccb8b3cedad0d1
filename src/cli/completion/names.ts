import type { Argument, Command, Option } from 'commander'
import { lies } from '../../practice/lies.ts'
import { presets } from '../../providers/index.ts'
import { reports } from '../../render/reports/index.ts'
import { contents } from '../knowledge.ts'

/** What may follow a flag or stand in a place: one of some words, or a file. Neither: only the person knows. */
export interface Value {
  words: readonly string[]
  file: boolean
}

export interface FlagNames {
  /** With their dashes, the long one first. */
  spellings: readonly string[]
  says: string
  /** Absent where the flag takes nothing. */
  value?: Value
  /** The flag may stand alone all the same. */
  optional: boolean
}

/** Everything that has a name in one command. */
export interface CommandNames {
  /** Empty for the walk itself. */
  name: string
  says: string
  flags: readonly FlagNames[]
  value: Value
}

/** Words by the flag, or by the command and its argument. */
type Known = Readonly<Record<string, readonly string[]>>

const FILES = new Set(['file', 'path|-', 'url|file', 'transcript', 'a'])

/**
 * Of the program and its commands, the walk itself first.
 * @param profiles the names of those that are saved
 */
export function namesOf(program: Command, profiles: readonly string[]): readonly CommandNames[] {
  const known = { ...knownWith(profiles), 'help command': program.commands.map((command) => command.name()) }
  return [commandNames(program, '', known), ...program.commands.map((command) => commandNames(command, command.name(), known))]
}

function knownWith(profiles: readonly string[]): Known {
  const lieIds = lies.map(({ id }) => id)
  const providerIds = presets.map(({ id }) => id)
  return {
    '--practice': lieIds,
    '--lie': lieIds,
    '--provider': providerIds,
    '--profile': profiles,
    '--report': reports.map(({ format }) => `${format}=`),
    '--format': reports.map(({ format }) => format),
    'explain word': Object.values(contents()).flat(),
    'profiles name': profiles,
    'providers id': providerIds,
  }
}

function commandNames(command: Command, name: string, known: Known): CommandNames {
  const flags = command.createHelp().visibleOptions(command).map((option) => flagNames(option, known))
  const [argument] = command.registeredArguments
  return { name, says: command.description(), flags, value: argument ? valueOf(argument, name, known) : { words: [], file: false } }
}

function flagNames(option: Option, known: Known): FlagNames {
  const spellings = [option.long, option.short].filter((spelling) => typeof spelling === 'string')
  const takes = /[<[](.+)[>\]]$/.exec(option.flags)?.[1]
  const named = { spellings, says: option.description, optional: option.optional }
  if (takes === undefined) return named
  return { ...named, value: value(option.argChoices ?? known[option.long ?? ''] ?? [], takes) }
}

function valueOf(argument: Argument, command: string, known: Known): Value {
  return value(argument.argChoices ?? known[`${command} ${argument.name()}`] ?? [], argument.name())
}

/** Shells would want the rest quoted, each in its own way. */
function value(words: readonly string[], placeholder: string): Value {
  return { words: [...new Set(words.filter((word) => /^[\w.=+-]+$/.test(word)))], file: FILES.has(placeholder) }
}
