import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reports } from '../../src/render/reports/index.ts'
import { redacted } from '../render/reports/transcripts.ts'
import { run } from '../support/child.ts'
import { tempFolder } from '../support/temp.ts'
import { expectFourLines } from '../support/walk.ts'

const transcript = JSON.stringify(redacted)

async function saved(text = transcript) {
  const folder = await tempFolder()
  const file = join(folder.path, 'walk.json')
  await writeFile(file, text)
  return { file, other: (name: string) => join(folder.path, name), [Symbol.asyncDispose]: folder[Symbol.asyncDispose] }
}

test.each(reports.map((report) => [report.format, report] as const))('%s on standard output', async (format, { render }) => {
  await using walk = await saved()
  const { exit, stdout, stderr } = await run(['report', walk.file, '--format', format])
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
  expect(stdout).toBe(render(redacted))
})

test('a file is for its owner alone, and never written over', async () => {
  await using walk = await saved()
  const out = walk.other('walk.md')
  expect(await run(['report', walk.file, '--format', 'markdown', '--out', out])).toMatchObject({ exit: 0, stdout: '' })
  expect((await stat(out)).mode & 0o777).toBe(0o600)
  expectFourLines(await run(['report', walk.file, '--format', 'mermaid', '--out', out]), 2)
  expect(await readFile(out, 'utf8')).toMatch(/^# Walked to the end/)
})

test('the help names every format', async () => {
  const { stdout } = await run(['report', '--help'])
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(reports.map(({ format }) => format).join(', '))
})

test.each([
  [['--format', 'pdf'], 2],
  [[], 2],
])('%s is a usage error', async (args, exit) => {
  await using walk = await saved()
  expectFourLines(await run(['report', walk.file, ...args]), exit)
})

test('what is no transcript is refused', async () => {
  await using walk = await saved('{"version":1}')
  expectFourLines(await run(['report', walk.file, '--format', 'text']), 5)
  expectFourLines(await run(['report', walk.other('nothing.json'), '--format', 'text']), 2)
})
