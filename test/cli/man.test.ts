import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { walkOptions } from '../../src/cli/options.ts'
import { subcommands } from '../../src/cli/commands/index.ts'
import { run } from '../support/child.ts'

const hasGroff = spawnSync('groff', ['--version']).status === 0

test('the page has every flag and every command', async () => {
  const { exit, stdout, stderr } = await run(['man'])
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
  const plain = stdout.replaceAll('\\-', '-')
  for (const { flags } of Object.values(walkOptions()).flat()) expect(plain).toContain(`\\fB${flags}\\fR`)
  for (const name of ['practice', ...subcommands.map((one) => one.name)]) expect(plain).toContain(`.SS "authwalk ${name} `)
  expect(stdout).toMatch(/^[\x20-\x7e\n]*$/)
})

test.skipIf(!hasGroff)('roff finds nothing to complain about', async () => {
  const { stdout } = await run(['man'])
  const { stdout: page, stderr } = spawnSync('groff', ['-man', '-Tutf8', '-ww'], { input: stdout, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(page).toContain('The secret is never a flag')
})
