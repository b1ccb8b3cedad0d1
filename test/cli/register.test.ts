import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Provider from 'oidc-provider'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { run } from '../support/child.ts'
import { freePort, freeRedirectUri } from '../support/port.ts'
import { tempFolder } from '../support/temp.ts'

/** A certified server that lets clients register who bring a token. */
async function openServer(initialAccessToken: string) {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.spyOn(console, 'info').mockImplementation(() => {})
  const port = await freePort()
  const provider = new Provider(`http://127.0.0.1:${port}`, { features: { registration: { enabled: true, initialAccessToken }, devInteractions: { enabled: true } } })
  const server = provider.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    issuer: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      vi.restoreAllMocks()
    },
  }
}

test('a client registers itself, and the profile walks to the end', async () => {
  await using server = await openServer('initial-4711')
  await using folder = await tempFolder()
  const env = { XDG_CONFIG_HOME: folder.path, BROWSER: fileURLToPath(new URL('../support/scripted-browser.mjs', import.meta.url)) }
  const token = join(folder.path, 'token')
  await writeFile(token, 'initial-4711\n', { mode: 0o600 })
  const redirectUri = await freeRedirectUri()
  const registered = await run(['register', server.issuer, '--scope', 'openid', '--redirect-uri', redirectUri, '--initial-access-token-file', token, '--save-profile', 'made'], { env })
  expect(registered).toMatchObject({ exit: 0, stderr: '' })
  expect(registered.stdout).toContain('authwalk --profile made')

  const secret = join(folder.path, 'authwalk', 'secrets', 'made')
  expect((await stat(secret)).mode & 0o777).toBe(0o600)
  const profile = await readFile(join(folder.path, 'authwalk', 'profiles', 'made.json'), 'utf8')
  expect(JSON.parse(profile)).toMatchObject({ issuer: server.issuer, 'redirect-uri': redirectUri, 'auth-method': 'client_secret_basic', secret: { file: secret } })
  const kept = (await readFile(secret, 'utf8')).trim()
  expect(kept.length).toBeGreaterThan(20)
  expect(profile + registered.stdout).not.toContain(kept)
  expect(registered.stdout).not.toContain('initial-4711')

  const walked = await run(['--profile', 'made', '--browser', 'system'], { env })
  expect(walked.exit, walked.stderr).toBe(0)
})

test.each([
  [[], '--save-profile'],
  [['--save-profile', 'Made'], 'a-z, 0-9'],
])('nothing is sent where the secret could not be kept: %s', async (more, named) => {
  const { exit, stderr } = await run(['register', 'http://127.0.0.1:9', ...more])
  expect(exit).toBe(2)
  expect(stderr).toContain(named)
})

test('a profile that is there already is not registered over', async () => {
  await using server = await openServer('initial-4711')
  await using folder = await tempFolder()
  const env = { XDG_CONFIG_HOME: folder.path }
  const first = await run(['register', server.issuer, '--save-profile', 'made'], { env })
  expect(first.exit).toBe(3)
  expect(first.stdout).toContain('401 from the registration endpoint')
  const token = join(folder.path, 'token')
  await writeFile(token, 'initial-4711', { mode: 0o600 })
  const argv = ['register', server.issuer, '--scope', 'openid', '--initial-access-token-file', token, '--save-profile', 'made']
  expect((await run(argv, { env })).exit).toBe(0)
  expect(await run(argv, { env })).toMatchObject({ exit: 2, stderr: expect.stringContaining('is there already') })
})

test('register without an issuer says what is missing', async () => {
  await using folder = await tempFolder()
  const { exit, stderr } = await run(['register', '--save-profile', 'made'], { env: { XDG_CONFIG_HOME: folder.path } })
  expect(exit).toBe(2)
  expect(stderr).toContain('the issuer is missing')
})
