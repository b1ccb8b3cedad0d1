import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = new URL('../../.github/workflows/', import.meta.url)
const workflows = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const)

test.each(workflows)('%s runs code that somebody has looked at', (_, text) => {
  const used = [...text.matchAll(/uses: (.+)/g)].map(([, action = '']) => action)
  expect(used.filter((action) => !/^\.\/|^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
})

test.each(workflows)('%s may read, and a release may say who it is', (name, text) => {
  expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m)
  const granted = [...text.matchAll(/([\w-]+): (?:write|write-all)\b/g)].map(([, permission]) => permission)
  expect(granted).toEqual(name === 'release.yml' ? ['id-token'] : [])
  expect(text.match(/permissions:/g)).toHaveLength(name === 'release.yml' ? 2 : 1)
})

test.each(workflows)('%s leaves no credentials to what it runs, and ends', (_, text) => {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  expect(count(/persist-credentials: false/g)).toBe(count(/actions\/checkout@/g))
  expect(count(/timeout-minutes:/g)).toBe(count(/runs-on:/g))
})
