import { spawn, spawnSync } from 'node:child_process'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { reports } from '../../src/render/reports/index.ts'
import { readTranscript } from '../../src/render/transcript.ts'
import { redacted } from '../render/reports/transcripts.ts'
import { cleanEnv, run, start } from '../support/child.ts'
import { freeRedirectUri } from '../support/port.ts'
import { visit } from '../support/scripted-browser.mjs'
import { tempFolder } from '../support/temp.ts'
import { authorizeUrl, expectFourLines, startPractice } from '../support/walk.ts'

const hasCurl = ['curl --version', 'openssl version'].every((line) => spawnSync('/bin/sh', ['-c', line]).status === 0)
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

test('--report on a walk writes each of them, redacted', async () => {
  await using folder = await tempFolder()
  const files = reports.map(({ format, extension }) => ({ format, file: join(folder.path, `${format}.${extension}`) }))
  const wanted = files.flatMap(({ format, file }) => ['--report', `${format}=${file}`])
  const { exit, stdout } = await run(['--practice', '--redirect-uri', await freeRedirectUri(), '--json', ...wanted])
  expect(exit).toBe(0)
  for (const { format, file } of files) {
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const transcript = readTranscript(stdout, 'standard output')
    expect(await readFile(file, 'utf8')).toBe(reports.find((report) => report.format === format)?.render(transcript))
  }
})

test.each([['nonsense'], ['pdf=a.pdf'], ['markdown=']])('--report %s is refused before the walk', async (value) => {
  const ending = await run(['--practice', '--report', value])
  expectFourLines(ending, 2)
  expect(ending.stdout).toBe('')
})

test.skipIf(!hasCurl)('the curl lines walk by hand, with the secret from the environment', async () => {
  await using folder = await tempFolder()
  const redirectUri = await freeRedirectUri()
  await using server = await startPractice(redirectUri)
  const file = join(folder.path, 'walk.sh')
  await using child = start([...server.args, '--browser', 'none', '--json', '--report', `curl=${file}`], { env: server.env })
  const [url = ''] = await child.stderr.waitFor(authorizeUrl)
  await visit(url)
  expect(await child.ended).toMatchObject({ exit: 0 })
  const script = await readFile(file, 'utf8')

  const first = await runInShellAlone(script, server.env)
  expect(first.stdout).toContain('"token_endpoint"')
  const [verifier = ''] = /(?<=CODE_VERIFIER=)\w+/.exec(first.stderr) ?? []
  const [byHand = ''] = authorizeUrl.exec(first.stdout) ?? []
  const { url: addressBar } = await visit(byHand, { until: (next) => next.startsWith(redirectUri) })
  const code = new URL(addressBar).searchParams.get('code') ?? ''

  const second = await runInShellAlone(script, { ...server.env, CODE: code, CODE_VERIFIER: verifier })
  expect(second.stdout).toContain('"id_token"')
  expect(second.stdout).toContain('"name":"Alice Liddell"')
  // The resource was asked without a token first.
  expect(second.stdout.match(/"error":"\w+"/g)).toEqual(['"error":"invalid_token"'])
  const [stored = 'no token'] = /(?<="access_token":")[^"]+/.exec(second.stdout) ?? []
  expect(script).not.toContain(stored)
})

async function runInShellAlone(script: string, env: Record<string, string>): Promise<{ stdout: string; stderr: string }> {
  const child = spawn('/bin/sh', ['-s'], { env: { ...cleanEnv, ...env }, stdio: 'pipe' })
  child.stdin.end(script)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { stdout, stderr }
}
