import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, link, lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, runInShell } from '../support/child.ts'
import { ISSUER } from '../support/fake-server.ts'
import { freeRedirectUri } from '../support/port.ts'
import { readSource } from '../support/source.ts'
import { tempFolder } from '../support/temp.ts'
import { expectFourLines, readTranscript } from '../support/walk.ts'
import { walking } from './walking.ts'

const posix = process.platform !== 'win32'

const practice = async (...args: string[]) => ['--practice', '--redirect-uri', await freeRedirectUri(), ...args]

describe('files that are written', () => {
  test('F-02: what is there already stays, and what is new belongs to its owner alone', async () => {
    await using folder = await tempFolder()
    const [old, fresh] = [join(folder.path, 'old.json'), join(folder.path, 'fresh.json')]
    await writeFile(old, 'mine', { mode: 0o644 })
    expectFourLines(await run(await practice('--save', old)), 2)
    expect(await readFile(old, 'utf8')).toBe('mine')
    expect((await run(await practice('--save', fresh))).exit).toBe(0)
    expect((await lstat(fresh)).mode & 0o777).toBe(posix ? 0o600 : (await lstat(fresh)).mode & 0o777)
    expect(readTranscript(await readFile(fresh, 'utf8')).outcome.exit).toBe(0)
  })

  test.skipIf(!posix)('F-03: no link is followed, and no pipe, device or folder is written to', async () => {
    await using folder = await tempFolder()
    const at = (name: string) => join(folder.path, name)
    await writeFile(at('target'), 'mine')
    await symlink('target', at('link'))
    await symlink('nowhere', at('dangling'))
    await link(at('target'), at('hard'))
    await mkdir(at('folder'))
    execFileSync('mkfifo', [at('fifo')])
    for (const name of ['link', 'dangling', 'hard', 'folder', 'fifo']) expectFourLines(await run(await practice('--save', at(name))), 2)
    expectFourLines(await run(await practice('--save', '/dev/null')), 2)
    expect(await readFile(at('target'), 'utf8')).toBe('mine')
    expect(existsSync(at('nowhere'))).toBe(false)
  })

  test.skipIf(!posix)('F-05: a folder of profiles that others may write to is not believed', async () => {
    await using home = await tempFolder()
    const env = { HOME: home.path, XDG_CONFIG_HOME: join(home.path, 'config') }
    const save = ['https://as.example', '--client-id', 'x', '--auth-method', 'none', '--save-profile', 'mine', '--timeout', '1']
    await run(save, { env })
    const profiles = join(env.XDG_CONFIG_HOME, 'authwalk', 'profiles')
    expect(await readdir(profiles)).toEqual(['mine.json'])
    expect((await lstat(profiles)).mode & 0o077).toBe(0)
    await chmod(profiles, 0o777)
    expectFourLines(await run(['--profile', 'mine'], { env }), 2)
  })

  test.skipIf(!posix)('F-06: where no room is left, the walk says so and nothing half written stays', async () => {
    await using folder = await tempFolder()
    const ending = await runInShell('ulimit -f 8; exec "$@"', await practice('--save', join(folder.path, 'walk.json'), '--json'), { cwd: folder.path })
    expectFourLines(ending, 8)
    expect(await readdir(folder.path)).toEqual([])
    expect(readTranscript(ending.stdout).outcome.exit).toBe(8)
  })

  test('F-11: two walks that write to one place: one of them is there, whole', async () => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'walk.json')
    const endings = await Promise.all([run(await practice('--save', path)), run(await practice('--save', path))])
    for (const { exit } of endings) expect([0, 2]).toContain(exit)
    expect(endings.some(({ exit }) => exit === 0)).toBe(true)
    expect(readTranscript(await readFile(path, 'utf8')).outcome.exit).toBe(0)
    expect(await readdir(folder.path)).toEqual(['walk.json'])
  })

  test('F-09: no file is named by anything that came from outside', async () => {
    const before = await readdir('.')
    const escaped = join(tmpdir(), 'authwalk-escaped')
    const name = `../../../../${escaped}`
    await walking({ fake: { claims: { sub: 'alice', file: name, name }, header: { kid: name }, replies: { [`${ISSUER}/userinfo`]: () => ({ headers: { 'content-disposition': `attachment; filename="${name}"` }, body: { sub: 'alice' } }) } } })
    expect(await readdir('.')).toEqual(before)
    expect(existsSync(escaped)).toBe(false)
    const writers = readSource().filter(({ imports }) => imports.some(({ from, typeOnly }) => !typeOnly && from === 'node:fs/promises'))
    expect(writers.map(({ path }) => path).filter((path) => !path.startsWith('src/io/'))).toEqual([])
  })
})

test('F-08: a metadata file that is too large, too deep, ambiguous or no text is refused, and a prototype is left alone', async () => {
  await using folder = await tempFolder()
  const path = join(folder.path, 'metadata.json')
  const texts: [text: string | Uint8Array, exits: number[]][] = [
    ['x'.repeat(1024 * 1024 + 1), [2]],
    ['['.repeat(100_000), [5]],
    ['{"issuer":"https://a","issuer":"https://b"}', [5]],
    ['{"__proto__":{"issuer":"https://a"},"constructor":{"prototype":{"x":1}}}', [5]],
    [Buffer.from('{"issuer":"https://a"}', 'utf16le'), [2, 5]],
    ['&a [*a,*a]', [5]],
    ['\ufeff{}', [5]],
    ['', [2, 5]],
  ]
  for (const [text, exits] of texts) {
    await writeFile(path, text)
    const { exit, stderr } = await run(['--metadata', path, '--client-id', 'x', '--auth-method', 'none'])
    expect({ text: String(text).slice(0, 40), allowed: exits.includes(exit), stderr }).toEqual({ text: String(text).slice(0, 40), allowed: true, stderr })
    expect(stderr).not.toMatch(/\n\s+at /)
  }
})
