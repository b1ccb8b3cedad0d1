import { Malformed } from '../errors.ts'
import type { Transcript } from '../events.ts'
import published from '../transcript.schema.json' with { type: 'json' }
import { type Definitions, type Schema, violation } from './schema.ts'

/** Nothing that a walk writes is nested deeper, and what reads it may go down level by level. */
const DEEPEST = 100

/**
 * Reads a saved walk, strictly: everything that shows it relies on its form.
 * @param from the name of the file
 * @throws Malformed
 */
export function readTranscript(text: string, from: string): Transcript {
  const value = parsed(text, from)
  if (isObject(value) && 'version' in value && value.version !== 1) {
    throw unreadable(`${from} is a transcript of version ${JSON.stringify(value.version)?.slice(0, 20)}, and this program reads version 1`)
  }
  if (isTooDeep(value)) throw unreadable(`${from} is nested deeper than ${DEEPEST} levels`)
  const problem = violation(value, schema, definitions, 'transcript')
  if (problem !== undefined) throw unreadable(`${from}: ${problem}`)
  return value as Transcript
}

const { $defs: definitions, ...schema }: Schema & { $defs: Definitions } = published

function parsed(text: string, from: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable(`${from} is not JSON`)
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Level by level, since recursion is what has to be kept from running out of stack. */
function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isObject)
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true
    level = level.flatMap((one) => Object.values(one).filter(isObject))
  }
  return false
}

function unreadable(happened: string): Malformed {
  return new Malformed({
    happened,
    means: 'Only what a walk has saved can be shown again, and this is none, or was changed since.',
    tries: ['Save one: authwalk --save walk.json', 'Look whether it is the right file.'],
    read: ['authwalk report --help'],
  })
}
