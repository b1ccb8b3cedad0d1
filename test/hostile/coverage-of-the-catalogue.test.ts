import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** The rows of the catalogue that have a test of their own here. The others of its groups are tables in `rows`. */
const catalogue: Readonly<Record<string, readonly number[]>> = {
  L: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 25, 26, 28, 29, 31, 32],
  C: [2, 3, 5, 6, 8, 9, 10, 11, 12, 14, 15, 17, 18, 20, 21, 23, 24, 26, 27, 29, 30, 32, 33],
  O: [1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 18, 19],
  S: [1, 2, 3, 4, 5, 7, 8, 10, 11, 13, 14, 15, 16, 17, 19, 20],
  F: [2, 3, 5, 6, 8, 9, 11],
  Z: [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 21, 22, 24, 25],
  P: [2, 3, 5, 6, 8, 9],
}

/** Rows without a test, and why. */
const reasons: Readonly<Record<string, string>> = {}

const wanted = Object.entries(catalogue).flatMap(([letter, numbers]) => numbers.map((number) => `${letter}-${String(number).padStart(2, '0')}`))

/** Ids with which the name of a test begins: behind a quote, and in a table that has them in a column of their own. */
function named(): string[] {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'))
  const texts = files.map((name) => readFileSync(folder + name, 'utf8'))
  return texts.flatMap((text) => Array.from(text.matchAll(/['"`]([LCOSFZP]-\d\d): |\bid: '([LCOSFZP]-\d\d)'/g), ([, inName, inColumn]) => inName ?? inColumn ?? ''))
}

test('every row has a test or a reason, and none has two', () => {
  const found = named()
  expect(wanted.filter((id) => !found.includes(id) && !Object.hasOwn(reasons, id))).toEqual([])
  expect(found.filter((id, index) => found.indexOf(id) !== index)).toEqual([])
  expect([...found, ...Object.keys(reasons)].filter((id) => !wanted.includes(id))).toEqual([])
})
