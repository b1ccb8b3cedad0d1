import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Malformed } from '../../src/errors.ts'
import { readTranscript } from '../../src/render/transcript.ts'
import { failed, redacted, transcripts } from './reports/transcripts.ts'

const schema: object = JSON.parse(readFileSync(new URL('../../src/transcript.schema.json', import.meta.url), 'utf8'))
const allowed = new Ajv2020({ strict: false }).compile(schema)

test.each(transcripts)('a transcript that is %s is read as it was', (_, transcript) => {
  expect(readTranscript(JSON.stringify(transcript), 'walk.json')).toEqual(JSON.parse(JSON.stringify(transcript)))
})

describe('what is no transcript is refused', () => {
  test.each([
    ['', 'is not JSON'],
    ['{"version":1', 'is not JSON'],
    ['null', 'is no object'],
    ['[]', 'is no object'],
    ['{}', 'has no version'],
    ['{"version":2}', 'version 2'],
    ['{"version":1,"events":[],"outcome":{"status":"completed"}}', 'transcript.outcome has no exit'],
    ['{"version":1,"events":[{"type":"surprise"}],"outcome":{"status":"completed","exit":0}}', 'transcript.events[0] is of no known type'],
    ['{"version":1,"events":[{"type":"constructor"}],"outcome":{"status":"completed","exit":0}}', 'transcript.events[0] is of no known type'],
    ['{"version":1,"events":[],"outcome":{"status":"completed","exit":0},"__proto__":{}}', '“__proto__”, which is not known'],
    [`{"version":1,"events":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'deeper than'],
    [JSON.stringify(redacted).replace('"milliseconds":41', '"milliseconds":1e999'), 'milliseconds is no number'],
    [JSON.stringify(redacted).replace('"milliseconds":41', '"milliseconds":-1'), 'milliseconds is out of range'],
  ])('%.80s', (text, says) => {
    expect(() => readTranscript(text, 'walk.json')).toThrow(Malformed)
    expect(() => readTranscript(text, 'walk.json')).toThrow(says)
  })
})

/** Every place in a value, as a list of names and indexes. */
function places(value: unknown, at: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...at]]
  return [[...at], ...Object.entries(value).flatMap(([name, member]) => places(member, [...at, name]))]
}

/** A copy in which one place holds something else, or nothing. */
function changed(value: unknown, [name, ...rest]: readonly string[], to: unknown): unknown {
  if (name === undefined) return to
  const copy: Record<string, unknown> = Array.isArray(value) ? [...value] as never : { ...value as object }
  const member = changed(copy[name], rest, to)
  if (member === undefined) delete copy[name]
  else copy[name] = member
  return Array.isArray(value) ? Object.values(copy) : copy
}

test('it agrees with the published schema, as a validator reads it', () => {
  const small = { ...failed, events: [...new Map(failed.events.map((event) => [event.type, event])).values()] }
  const json: unknown = JSON.parse(JSON.stringify(small))
  const anything = fc.constantFrom<unknown>(undefined, null, '', 'step', 'GET', -1, 0.5, 1, 99, true, [], {}, [{ name: 'a' }], { name: 'a', value: 'b' }, 'Not-An-Id')
  fc.assert(fc.property(fc.constantFrom(...places(json)), anything, fc.boolean(), (place, to, add) => {
    const mutant = add ? changed(json, [...place, 'more'], to) : changed(json, place, to)
    fc.pre(mutant !== undefined)
    const text = JSON.stringify(mutant)
    expect({ text, accepted: isRead(text) }).toEqual({ text, accepted: allowed(JSON.parse(text)) })
  }), { numRuns: 2000 })
})

/** @throws whatever is no refusal */
function isRead(text: string): boolean {
  try {
    readTranscript(text, 'walk.json')
    return true
  } catch (error) {
    if (error instanceof Malformed) return false
    throw error
  }
}
