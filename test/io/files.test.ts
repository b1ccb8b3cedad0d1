import { execFileSync } from 'node:child_process'
import { chmod, link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { MachineError, UsageError } from '../../src/errors.ts'
import { fileTrouble } from '../../src/io/file-trouble.ts'
import { readSecretFile, readTextFile, requireAbsent, writePrivate } from '../../src/io/files.ts'
import { tempFolder } from '../support/temp.ts'

const rename = vi.hoisted(() => vi.fn<(from: string, to: string) => Promise<void>>())
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  return { ...real, rename: rename.mockImplementation(real.rename) }
})

const posix = process.platform !== 'win32'

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(() => undefined, (error: unknown) => error)
}

describe('readSecretFile', () => {
  test.each([
    ['secret', 'secret'],
    ['secret\n', 'secret'],
    ['secret\r\n', 'secret'],
    ['secret\n\n', 'secret\n'],
    [' s e ', ' s e '],
    ['\ufeffsecret', 'secret'],
    ['pässwörd', 'pässwörd'],
  ])('%j holds %j', async (text, secret) => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'secret')
    await writeFile(path, text, { mode: 0o600 })
    expect(await readSecretFile(path)).toBe(secret)
  })

  test.skipIf(!posix).each([[0o600, 0], [0o400, 0], [0o640, 1], [0o604, 1], [0o644, 1]])('S-05: mode %o has %i warnings', async (mode, count) => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'secret')
    await writeFile(path, 's')
    await chmod(path, mode)
    const warnings: string[] = []
    await readSecretFile(path, (warning) => warnings.push(warning))
    expect(warnings).toHaveLength(count)
    expect(warnings.join('')).toContain(count ? 'chmod 600' : '')
  })

  test('S-05: what is no secret is a usage error', async () => {
    await using folder = await tempFolder()
    const at = (name: string) => join(folder.path, name)
    await writeFile(at('empty'), '')
    await writeFile(at('line'), '\n')
    await writeFile(at('utf-16'), Buffer.from('\ufeffsecret', 'utf16le'))
    await writeFile(at('large'), 'x'.repeat(64 * 1024 + 1))
    await mkdir(at('folder'))
    for (const name of ['empty', 'line', 'utf-16', 'large', 'folder', 'nothing', 'line/x', '\0']) {
      expect(await errorOf(readSecretFile(at(name))), name).toBeInstanceOf(UsageError)
    }
    await writeFile(at('largest'), 'x'.repeat(64 * 1024))
    expect(await readSecretFile(at('largest'))).toHaveLength(64 * 1024)
  })

  test.skipIf(!posix)('S-05: a pipe that nobody writes to, and endless devices, end at once', async () => {
    await using folder = await tempFolder()
    const fifo = join(folder.path, 'fifo')
    execFileSync('mkfifo', [fifo])
    expect(await errorOf(readSecretFile(fifo))).toBeInstanceOf(UsageError)
    expect(await errorOf(readSecretFile('/dev/zero'))).toBeInstanceOf(UsageError)
  })

  test('a symbolic link to a secret is how some systems mount them', async () => {
    await using folder = await tempFolder()
    await writeFile(join(folder.path, 'secret'), 's', { mode: 0o600 })
    await symlink('secret', join(folder.path, 'link'))
    expect(await readSecretFile(join(folder.path, 'link'))).toBe('s')
  })
})

describe('readTextFile', () => {
  test('reads up to the last byte that is allowed', async () => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'text')
    await writeFile(path, 'four')
    expect(await readTextFile(path, 4)).toBe('four')
    expect(await errorOf(readTextFile(path, 3))).toBeInstanceOf(UsageError)
  })
})

describe('writePrivate', () => {
  test('F-02: writes for the owner alone, and leaves nothing else', async () => {
    await using folder = await tempFolder()
    const path = join(folder.path, 'transcript.json')
    await requireAbsent(path)
    await writePrivate(path, 'text')
    expect(await readFile(path, 'utf8')).toBe('text')
    expect(!posix || (await stat(path)).mode & 0o777).toBe(posix ? 0o600 : true)
    expect(await readdir(folder.path)).toEqual(['transcript.json'])
  })

  test('F-02, F-03: what is there already stays as it was', async () => {
    await using folder = await tempFolder()
    const at = (name: string) => join(folder.path, name)
    await writeFile(at('file'), 'old')
    await link(at('file'), at('hard'))
    await symlink('file', at('link'))
    await symlink('nowhere', at('dangling'))
    await mkdir(at('folder'))
    const before = await readdir(folder.path)
    for (const name of ['file', 'hard', 'link', 'dangling', 'folder']) {
      expect(await errorOf(writePrivate(at(name), 'new')), name).toBeInstanceOf(UsageError)
      expect(await errorOf(requireAbsent(at(name))), name).toBeInstanceOf(UsageError)
    }
    expect(await readFile(at('file'), 'utf8')).toBe('old')
    expect(await readdir(folder.path)).toEqual(before)
  })

  test('a folder that is not there is a usage error', async () => {
    await using folder = await tempFolder()
    expect(await errorOf(writePrivate(join(folder.path, 'no', 'file'), 'x'))).toBeInstanceOf(UsageError)
  })

  test('F-06: a fault at the last moment leaves nothing half written', async () => {
    await using folder = await tempFolder()
    rename.mockRejectedValueOnce(Object.assign(new Error('full'), { code: 'ENOSPC' }))
    const error = await errorOf(writePrivate(join(folder.path, 'file'), 'x'))
    expect(error).toBeInstanceOf(MachineError)
    expect((error as MachineError).message).toContain('no space is left')
    expect(await readdir(folder.path)).toEqual([])
  })

  test.skipIf(!posix || process.getuid?.() === 0)('F-06: a folder that is closed to this user is the machine’s fault', async () => {
    await using folder = await tempFolder()
    await chmod(folder.path, 0o500)
    expect(await errorOf(writePrivate(join(folder.path, 'file'), 'x'))).toBeInstanceOf(MachineError)
    await chmod(folder.path, 0o700)
  })

  test('a name as long as names may be', async () => {
    await using folder = await tempFolder()
    await writePrivate(join(folder.path, 'x'.repeat(250)), 'x')
    expect(await readdir(folder.path)).toHaveLength(1)
  })

  test.each(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EIO', 'EMFILE'])('F-06: %s is the machine’s fault', (code) => {
    expect(fileTrouble(Object.assign(new Error('x'), { code }), 'file', 'write')).toBeInstanceOf(MachineError)
  })
})
