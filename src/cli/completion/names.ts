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

/** Names that the command line knows only once it runs, by command and flag or argument. */
const KNOWN: Readonly<Record<string, () => readonly string[]>> = {
  ' --practice': () => lies.map(({ id }) => id),
  ' --provider': () => presets.map(({ id }) => id),
  ' --report': () => reports.map(({ format }) => `${format}=`),
  'practice --lie': () => lies.map(({ id }) => id),
  'providers id': () => presets.map(({ id }) => id),
  'report --format': () => reports.map(({ format }) => format),
  'explain word': () => Object.values(contents()).flat(),
}

const FILES = new Set(['file', 'path|-', 'url|file', 'transcript'])

/** Of the program and its commands, the walk itself first. */
export function namesOf(program: Command): readonly CommandNames[] {
  return [commandNames(program, ''), ...program.commands.map((command) => commandNames(command, command.name()))]
}

function commandNames(command: Command, name: string): CommandNames {
  const flags = command.createHelp().visibleOptions(command).map((option) => flagNames(option, name))
  const [argument] = command.registeredArguments
  return { name, says: command.description(), flags, value: argument ? valueOf(argument, name) : { words: [], file: false } }
}

function flagNames(option: Option, command: string): FlagNames {
  const spellings = [option.long, option.short].filter((spelling) => typeof spelling === 'string')
  const takes = /[<[](.+)[>\]]$/.exec(option.flags)?.[1]
  const named = { spellings, says: option.description, optional: option.optional }
  if (takes === undefined) return named
  const known = KNOWN[`${command} ${option.long}`]?.() ?? []
  return { ...named, value: value(option.argChoices ?? known, takes) }
}

function valueOf(argument: Argument, command: string): Value {
  return value(argument.argChoices ?? KNOWN[`${command} ${argument.name()}`]?.() ?? [], argument.name())
}

/** Shells would want the rest quoted, each in its own way. */
function value(words: readonly string[], placeholder: string): Value {
  return { words: [...new Set(words.filter((word) => /^[\w.=+-]+$/.test(word)))], file: FILES.has(placeholder) }
}
