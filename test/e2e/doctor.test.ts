import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from '../support/child.ts'
import { freePort, freeRedirectUri } from '../support/port.ts'
import { tempFolder } from '../support/temp.ts'
import { startPractice } from '../support/walk.ts'

describe('authwalk doctor', () => {
  test('a healthy provider: a ledger, and exit 0', async () => {
    const redirectUri = await freeRedirectUri()
    await using practice = await startPractice(redirectUri)
    const { exit, stdout, stderr } = await run(['doctor', ...practice.args], { env: practice.env })
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    for (const family of ['This machine', 'Network', 'Metadata', 'Keys', 'Settings', 'Redirect URI', 'Client authentication']) expect(stdout).toContain(` ${family}\n`)
    expect(stdout).not.toContain(practice.secret)
  })

  test('a wrong secret: the class of the failure, and one JSON document without the secret', async () => {
    const redirectUri = await freeRedirectUri()
    await using practice = await startPractice(redirectUri)
    const wrong = 'another-secret-that-nobody-registered'
    const { exit, stdout } = await run(['doctor', ...practice.args, '--json'], { env: { AUTHWALK_CLIENT_SECRET: wrong } })
    const report: unknown = JSON.parse(stdout)
    expect(exit).toBe(3)
    expect(report).toMatchObject({ version: 1, exit: 3, findings: expect.arrayContaining([expect.objectContaining({ id: 'client-secret', status: 'fail', sure: 'probable' })]) })
    expect(stdout).not.toContain(wrong)
  })

  test('a saved profile, with its listener behind a tunnel', async () => {
    const port = await freePort()
    const redirectUri = 'https://walk.tunnel.example/callback'
    await using folder = await tempFolder()
    await using practice = await startPractice(redirectUri)
    const env = { ...practice.env, XDG_CONFIG_HOME: folder.path }
    const settings = [...practice.args, '--listen', `http://127.0.0.1:${port}`]
    await run([...settings, '--save-profile', 'work', '--wait', '1', '--browser', 'none'], { env })
    const { exit, stdout } = await run(['doctor', '--profile', 'work', '--json'], { env })
    const report: unknown = JSON.parse(stdout)
    expect(report).toMatchObject({ exit: 0, findings: expect.arrayContaining([expect.objectContaining({ id: 'machine-port', status: 'pass', found: redirectUri })]) })
    expect(exit).toBe(0)
  })

  test('offline: a metadata document is enough', async () => {
    await using folder = await tempFolder()
    const file = join(folder.path, 'metadata.json')
    await writeFile(file, JSON.stringify({ issuer: 'https://as.example', authorization_endpoint: 'https://as.example/a', token_endpoint: 'http://as.example/t', jwks_uri: 'https://as.example/k' }))
    const { exit, stdout } = await run(['doctor', '--offline', file, '--scope', 'openid'])
    expect(exit).toBe(4)
    expect(stdout).toContain('metadata-url-https')
    expect(stdout).not.toContain(' Network\n')
  })

  test('what it takes is checked like the flags of a walk', async () => {
    expect((await run(['doctor', 'http://as.example', '--client-id', 'x'])).exit).toBe(2)
  })
})

test('authwalk explain', async () => {
  const known = await run(['explain', 'invalid_client'])
  expect({ exit: known.exit, stderr: known.stderr }).toEqual({ exit: 0, stderr: '' })
  expect(known.stdout).toContain('RFC 6749 2.3.1')
  const unknown = await run(['explain', 'invalid_clint'])
  expect(unknown.exit).toBe(2)
  expect(unknown.stderr).toContain('authwalk explain invalid_client')
})
