import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { walkOptions } from '../../src/cli/options.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

test('the README names every flag, and none that is not there', () => {
  const flags = Object.values(walkOptions()).flat().map(({ long }) => long ?? '')
  expect(flags.filter((flag) => !readme.includes(`\`${flag}`))).toEqual([])
  const [, table = ''] = /## Flags\n\n([\s\S]*?)\n\n/.exec(readme) ?? []
  const named = [...table.matchAll(/--[a-z][a-z-]+/g)].map(([flag]) => flag)
  expect(named.filter((flag) => !flags.includes(flag))).toEqual([])
})
