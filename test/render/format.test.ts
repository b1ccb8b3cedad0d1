import { expect, test } from 'vitest'
import {
  bytes,
  clock,
  date,
  distance,
  jsonObjectOf,
  jsonOf,
  milliseconds,
  shortSection,
} from '../../src/render/format.ts'

test.each([
  [41.4, '41 ms'],
  [999, '999 ms'],
  [1250, '1.3 s'],
])('%d milliseconds', (duration, text) => {
  expect(milliseconds(duration)).toBe(text)
})

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1931, '1.9 kB'],
  [1_048_576, '1.0 MB'],
])('%d bytes', (size, text) => {
  expect(bytes(size)).toBe(text)
})

test.each([
  [0, '0:00'],
  [14_999, '0:14'],
  [300_000, '5:00'],
  [-5, '0:00'],
])('clock of %d', (duration, text) => {
  expect(clock(duration)).toBe(text)
})

test.each([
  [3600, 'in 1 hour'],
  [3599, 'in 59 minutes'],
  [61, 'in 1 minute'],
  [0.4, 'this very second'],
  [-1, '1 second ago'],
  [-86400 * 800, '2 years ago'],
])('%d seconds away', (seconds, text) => {
  expect(distance(seconds)).toBe(text)
})

test('a date that no calendar has is none', () => {
  expect(date(0)).toBe('1970-01-01 00:00:00 UTC')
  expect(date(253402300799)).toBe('9999-12-31 23:59:59 UTC')
  for (const seconds of [1e300, -1e300, Number.POSITIVE_INFINITY, Number.NaN]) expect(date(seconds)).toBeUndefined()
})

test('a section in few columns', () => {
  expect(shortSection('OpenID Connect Core 3.1.3.7 (2)')).toBe('Core 3.1.3.7 (2)')
  expect(shortSection('RFC 6749 5.1')).toBe('RFC 6749 5.1')
})

test('JSON that is broken or too deep is none', () => {
  expect(jsonObjectOf('{"a":1}')).toEqual({ a: 1 })
  expect(jsonObjectOf('[1]')).toBeUndefined()
  expect(jsonOf('{"a":')).toBeUndefined()
  expect(jsonOf('['.repeat(5000) + ']'.repeat(5000))).toBeUndefined()
})
