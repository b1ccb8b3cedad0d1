import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from '../support/child.ts'
import { tempFolder } from '../support/temp.ts'
import { expectFourLines } from '../support/walk.ts'

describe('what is only looked up', () => {
  test.each<[args: string[], shown: string]>([
    [['explain'], 'invalid_client'],
    [['explain', 'id-token-aud'], 'aud holds this client'],
    [['explain', 'AADSTS50011:', 'The', 'redirect', 'URI'], 'AADSTS50011'],
    [['providers'], 'google'],
    [['providers', 'google'], 'https://accounts.google.com'],
  ])('%j', async (args, shown) => {
    const { exit, stdout, stderr } = await run(args)
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(stdout).toContain(shown)
    expect(stdout).not.toContain('\x1b')
  })

  test.each([[['explain', 'no-such-word-at-all']], [['providers', 'no-such-provider']]])('%j is known to nobody', async (args) => {
    expectFourLines(await run(args), 2)
  })
})

test('profiles are listed with what is wrong with them', async () => {
  await using home = await tempFolder()
  const env = { XDG_CONFIG_HOME: home.path }
  expect((await run(['profiles'], { env })).stdout).toContain('None was saved yet')
  const folder = join(home.path, 'authwalk', 'profiles')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(join(folder, 'good.json'), '{"issuer":"https://as.example","client-id":"c"}', { mode: 0o600 })
  await writeFile(join(folder, 'broken.json'), '{"issuer":', { mode: 0o600 })
  const { exit, stdout } = await run(['profiles'], { env })
  expect(exit).toBe(0)
  expect(stdout).toMatch(/good\s+https:\/\/as\.example {2}c\n/)
  expect(stdout).toMatch(/broken\s+\S+/)
})

test.each(['--cert', '--key'])('%s alone is no certificate', async (flag) => {
  expectFourLines(await run(['--practice', flag, 'file.pem']), 2)
})
