import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CheckFailed } from '../../src/errors.ts'
import { openBrowser } from '../../src/io/browser.ts'
import { tempFolder } from '../support/temp.ts'

const open = vi.hoisted(() => vi.fn<(url: string) => Promise<unknown>>())
vi.mock('open', () => ({ default: open }))

const url = "https://as.example.com/a$(calc)';b?state=$(calc)`id`&x=%22;y"

afterEach(() => {
  vi.unstubAllEnvs()
  open.mockReset()
})

/** A program for BROWSER that writes down its arguments and environment. */
async function program(folder: string, code = 0): Promise<{ path: string; report: string }> {
  const path = join(folder, 'browser with a space')
  const report = join(folder, 'report.json')
  const script = `#!${process.execPath}
require('node:fs').writeFileSync(${JSON.stringify(`${report}.new`)}, JSON.stringify({ args: process.argv.slice(2), env: process.env }))
require('node:fs').renameSync(${JSON.stringify(`${report}.new`)}, ${JSON.stringify(report)})
process.exit(${code})`
  await writeFile(path, script)
  await chmod(path, 0o700)
  return { path, report }
}

function failureOf(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    openBrowser(address, { how: 'system', onFailure: resolve }).catch(reject)
  })
}

describe('what a browser may be shown', () => {
  test.each([
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vscode://x',
    'ms-msdt:/id',
    'search-ms:x',
    'smb://x/y',
    'http://as.example.com/authorize',
    'http://169.254.169.254/',
    'https://as.example.com',
    'https://AS.example.com/',
    'https://as.example.com:443/',
    ' https://as.example.com/',
    'https://as.example.com/\n',
    'https://as.example.com/a b',
    'https://as.example.com/‘x’',
    'https://раypal.com/',
    '--version',
    '',
  ])('D-22, D-23: %j is refused, and nothing is started', async (text) => {
    vi.stubEnv('BROWSER', '')
    const onFailure = vi.fn<(reason: string) => void>()
    const opened = openBrowser(text, { how: 'system', onFailure })
    await expect(opened).rejects.toThrow(CheckFailed)
    await expect(opened).rejects.toMatchObject({ explanation: { check: 'metadata-url-scheme' } })
    expect(open).not.toHaveBeenCalled()
    expect(onFailure).not.toHaveBeenCalled()
  })

  test.each([url, 'http://127.0.0.1:4455/authorize?x=1', 'http://localhost:4455/', 'http://[::1]:4455/'])('%s is shown as it is', async (text) => {
    vi.stubEnv('BROWSER', '')
    open.mockResolvedValue({ on() {}, once() {} })
    await openBrowser(text, { how: 'system', onFailure: () => {} })
    await vi.waitFor(() => expect(open.mock.calls).toEqual([[text]]))
  })

  test('none starts nothing, and still refuses', async () => {
    vi.stubEnv('BROWSER', '/does/not/exist')
    const onFailure = vi.fn<(reason: string) => void>()
    await openBrowser(url, { how: 'none', onFailure })
    await expect(openBrowser('file:///x', { how: 'none', onFailure })).rejects.toThrow(CheckFailed)
    expect(open).not.toHaveBeenCalled()
    expect(onFailure).not.toHaveBeenCalled()
  })
})

describe.skipIf(process.platform === 'win32')('BROWSER', () => {
  test('D-23, A-16: gets the URL as its one argument, and no client secret', async () => {
    await using folder = await tempFolder()
    const { path, report } = await program(folder.path)
    vi.stubEnv('BROWSER', path)
    vi.stubEnv('AUTHWALK_CLIENT_SECRET', 'SEKRET')
    await openBrowser(url, { how: 'system', onFailure: () => {} })
    const text = await vi.waitFor(() => readFile(report, 'utf8'), 10_000)
    expect((JSON.parse(text) as { args: string[] }).args).toEqual([url])
    expect(text).not.toContain('SEKRET')
    expect(open).not.toHaveBeenCalled()
  })

  test('A-10, A-12: an early exit code is reported', async () => {
    await using folder = await tempFolder()
    vi.stubEnv('BROWSER', (await program(folder.path, 3)).path)
    expect(await failureOf(url)).toContain('exit code 3')
  })

  test('A-11: a program that is not there', async () => {
    vi.stubEnv('BROWSER', '/does/not/exist')
    expect(await failureOf(url)).toBe('the program in BROWSER is not there')
  })

  test('A-11: a program that may not be run', async () => {
    await using folder = await tempFolder()
    const { path } = await program(folder.path)
    await chmod(path, 0o600)
    vi.stubEnv('BROWSER', path)
    expect(await failureOf(url)).toBe('the program in BROWSER may not be run')
  })

  test('is no command line: nothing in it is split or expanded', async () => {
    vi.stubEnv('BROWSER', 'true %s; true')
    expect(await failureOf(url)).toBe('the program in BROWSER is not there')
  })
})

describe('the system', () => {
  test('A-11: an opener that can’t be started is no error', async () => {
    vi.stubEnv('BROWSER', '')
    open.mockRejectedValue(Object.assign(new Error('\x1b[2J'), { code: 'ENOENT' }))
    expect(await failureOf(url)).toBe('the system’s opener is not there')
  })

  test('A-13: an opener that hangs holds nobody', async () => {
    vi.stubEnv('BROWSER', '')
    open.mockReturnValue(new Promise(() => {}))
    await expect(openBrowser(url, { how: 'system', onFailure: () => {} })).resolves.toBeUndefined()
  })
})
