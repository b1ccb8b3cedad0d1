import { describe, expect, test } from 'vitest'
import { canOpenBrowser, sshTunnel } from '../../src/io/machine.ts'

describe('canOpenBrowser', () => {
  test.each<[env: Record<string, string>, platform: NodeJS.Platform, can: boolean]>([
    [{}, 'linux', false],
    [{}, 'darwin', true],
    [{}, 'win32', true],
    [{ DISPLAY: ':0' }, 'linux', true],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
    [{ WSL_DISTRO_NAME: 'Debian' }, 'linux', true],
    [{ BROWSER: 'firefox' }, 'linux', true],
    [{ SSH_CONNECTION: '1 2 3 4' }, 'darwin', false],
    [{ SSH_TTY: '/dev/pts/0', DISPLAY: ':10' }, 'linux', false],
    [{ SSH_CONNECTION: '1 2 3 4', BROWSER: 'relay' }, 'linux', true],
  ])('%j on %s: %s', (env, platform, can) => {
    expect(canOpenBrowser(env, platform)).toBe(can)
  })
})

describe('sshTunnel', () => {
  const env = { SSH_CONNECTION: '192.0.2.7 50000 192.0.2.1 22' }

  test.each([
    [env, 'http://127.0.0.1:8765/callback', 'ssh -L 8765:127.0.0.1:8765 me@192.0.2.1'],
    [env, 'http://localhost:9000/cb', 'ssh -L 9000:127.0.0.1:9000 me@192.0.2.1'],
    [env, 'http://[::1]:8765/cb', "ssh -L '8765:[::1]:8765' me@192.0.2.1"],
    [{ SSH_CONNECTION: '::1 50000 2001:db8::1 2222' }, 'http://127.0.0.1:8765/cb', 'ssh -p 2222 -L 8765:127.0.0.1:8765 me@2001:db8::1'],
    [{}, 'http://127.0.0.1:8765/callback', undefined],
    [{ SSH_CONNECTION: '1 2 $(id) 22' }, 'http://127.0.0.1:8765/callback', undefined],
    [{ SSH_CONNECTION: '1 2 192.0.2.1 22;id' }, 'http://127.0.0.1:8765/callback', undefined],
  ])('%j, %s: %s', (given, redirectUri, line) => {
    expect(sshTunnel(redirectUri, given, 'me')).toBe(line)
  })

  test('names whoever runs it', () => {
    expect(sshTunnel('http://127.0.0.1:8765/callback', env)).toMatch(/ [\w.-]+@192\.0\.2\.1$/)
  })
})
