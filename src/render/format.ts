import type { JsonObject } from '../events.ts'
import { isJsonObject, JsonError, type JsonReading, readJson } from '../oauth/json.ts'

/** The last second that a `Date` can hold, ECMA-262 21.4.1.1. */
const LAST_SECOND = 8.64e12

export function milliseconds(duration: number): string {
  return duration < 1000 ? `${Math.round(duration)} ms` : `${(duration / 1000).toFixed(1)} s`
}

export function bytes(size: number): string {
  if (size < 1000) return `${size} ${size === 1 ? 'byte' : 'bytes'}`
  return size < 1_000_000 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`
}

/** `0:14` of milliseconds. */
export function clock(duration: number): string {
  const seconds = Math.max(0, Math.floor(duration / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** A NumericDate of RFC 7519 2, or undefined where no calendar has it. */
export function date(seconds: number): string | undefined {
  if (!(Math.abs(seconds) <= LAST_SECOND)) return undefined
  return new Date(seconds * 1000).toISOString().replace('T', ' ').replace(/\.\d+Z$/, ' UTC')
}

const UNITS: readonly (readonly [seconds: number, name: string])[] = [
  [365 * 86400, 'year'],
  [86400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

/** `in 59 minutes`, `2 seconds ago`. */
export function distance(seconds: number): string {
  const span = Math.floor(Math.abs(seconds))
  const [size, name] = UNITS.find(([unit]) => span >= unit) ?? [1, 'second']
  const count = Math.floor(span / size)
  if (span === 0) return 'this very second'
  const amount = `${count} ${name}${count === 1 ? '' : 's'}`
  return seconds > 0 ? `in ${amount}` : `${amount} ago`
}

/** `OpenID Connect Core 3.1.3.7 (2)` in the few columns that a table has for it. */
export function shortSection(section: string): string {
  return section.replace(/^OpenID Connect /, '')
}

/** A body read as JSON, or undefined where it is none, or none that is safe to print. */
export function jsonOf(body: string): JsonReading | undefined {
  if (body === '') return undefined
  try {
    return readJson(Buffer.from(body))
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}

export function jsonObjectOf(body: string): JsonObject | undefined {
  const value = jsonOf(body)?.value
  return isJsonObject(value) ? value : undefined
}
