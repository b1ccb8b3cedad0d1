import { chmod, chown, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MachineError, UsageError } from '../../src/errors.ts'
import { configFolder, listOwn, readOwn, writeOwn } from '../../src/io/config-folder.ts'
import { tempFolder } from '../support/temp.ts'

const thrown = (work: Promise<unknown>) => work.then(() => undefined, (error: unknown) => error)

test.each([
  ['linux', {}, '/home/a/.config/authwalk'],
  ['linux', { XDG_CONFIG_HOME: '/x' }, '/x/authwalk'],
  ['linux', { XDG_CONFIG_HOME: 'here' }, '/home/a/.config/authwalk'],
  ['darwin', {}, '/home/a/Library/Application Support/authwalk'],
  ['darwin', { XDG_CONFIG_HOME: '/x' }, '/x/authwalk'],
  ['win32', { APPDATA: 'C:\\Users\\a\\AppData\\Roaming' }, 'C:\\Users\\a\\AppData\\Roaming\\authwalk'],
  ['win32', { APPDATA: 'here' }, '/home/a\\AppData\\Roaming\\authwalk'],
] as const)('on %s with %o it is %s, never the current folder', (platform, env, folder) => {
  expect(configFolder(env, platform, '/home/a').replace('\\home\\a', '/home/a')).toBe(folder)
})

describe('a file of one’s own', () => {
  test('is written with its folder, for its owner alone, and never over another', async () => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'authwalk', 'profiles', 'a.json')
    await writeOwn(path, 'one')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder.path, 'authwalk'))).mode & 0o777).toBe(0o700)
    expect(await thrown(writeOwn(path, 'two'))).toBeInstanceOf(UsageError)
    expect(await readOwn(path)).toBe('one')
    expect(await listOwn(join(folder.path, 'authwalk', 'profiles'))).toEqual(['a.json'])
  })

  test('no folder is no file', async () => {
    expect(await listOwn('/such/a/folder')).toEqual([])
    expect(await thrown(readOwn('/such/a/folder/a.json'))).toBeInstanceOf(UsageError)
  })

  test.each([
    ['authwalk', 0o770],
    ['authwalk/profiles', 0o720],
    ['authwalk/profiles', 0o702],
    ['authwalk/profiles/a.json', 0o620],
  ])('%s with mode %o could hold somebody else’s: refused with the way out', async (part, mode) => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'authwalk', 'profiles', 'a.json')
    await writeOwn(path, '{}')
    await chmod(join(folder.path, part), mode)
    const error = await thrown(readOwn(path))
    expect(error).toMatchObject({ exit: 2, explanation: { happened: expect.stringContaining('can be written by other users'), tries: [expect.stringContaining('chmod go-w')] } })
  })

  test('a folder that others can write to gets nothing', async () => {
    await using folder = await tempFolder()
    const profiles = join(folder.path, 'authwalk', 'profiles')
    await mkdir(profiles, { recursive: true })
    await chmod(profiles, 0o777)
    expect(await thrown(writeOwn(join(profiles, 'a.json'), '{}'))).toBeInstanceOf(UsageError)
    expect(await thrown(stat(join(profiles, 'a.json')))).toMatchObject({ code: 'ENOENT' })
    expect(await thrown(listOwn(profiles))).toBeInstanceOf(UsageError)
  })

  test.runIf(process.getuid?.() === 0)('one that belongs to somebody else is refused', async () => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'authwalk', 'profiles', 'a.json')
    await writeOwn(path, '{}')
    await chown(join(folder.path, 'authwalk'), 12345, 12345)
    expect(await thrown(readOwn(path))).toMatchObject({ exit: 2, explanation: { happened: expect.stringContaining('belongs to another user') } })
  })

  test('100 MB, another encoding and a pipe are refused, not read', async () => {
    await using folder = await tempFolder()
    await mkdir(join(folder.path, 'p'), { mode: 0o700 })
    const path = join(folder.path, 'p', 'a.json')
    await writeFile(path, Buffer.alloc(1024 * 1024 + 1, 0x20), { mode: 0o600 })
    expect(await thrown(readOwn(path))).toMatchObject({ exit: 2, explanation: { happened: expect.stringContaining('larger') } })
    await writeFile(path, Buffer.from([0x7b, 0xff, 0x7d]))
    expect(await thrown(readOwn(path))).toMatchObject({ exit: 2, explanation: { happened: expect.stringContaining('UTF-8') } })
    await symlink('/dev/zero', join(folder.path, 'p', 'zero.json'))
    const zero = await thrown(readOwn(join(folder.path, 'p', 'zero.json')))
    expect(zero instanceof UsageError || zero instanceof MachineError).toBe(true)
  })

  test('a link to a file of one’s own is followed', async () => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'authwalk', 'profiles', 'a.json')
    await writeOwn(path, 'one')
    await symlink(path, join(folder.path, 'authwalk', 'profiles', 'b.json'))
    expect(await readOwn(join(folder.path, 'authwalk', 'profiles', 'b.json'))).toBe(await readFile(path, 'utf8'))
  })
})
