import { isIP } from 'node:net'
import { userInfo } from 'node:os'
import { isLoopback } from '../oauth/url.ts'
import { readRedirectUri, usableUrl } from './redirect-uri.ts'

/** Whether a browser that is opened here is likely to reach the eyes of the person. */
export function canOpenBrowser(env = process.env, platform = process.platform): boolean {
  if (env['BROWSER']) return true
  if (env['SSH_CONNECTION'] ?? env['SSH_TTY']) return false
  if (platform === 'darwin' || platform === 'win32') return true
  // The Linux of Windows has no display and opens the browser of Windows.
  return Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY'] ?? env['WSL_DISTRO_NAME'])
}

/**
 * The command that brings the redirection endpoint to the machine where the browser is: `ssh -L …`, to be run there.
 * Undefined where nobody has come by SSH.
 */
export function sshTunnel(redirectUri: string, env = process.env, user = userName()): string | undefined {
  const [, , address = '', sshPort = ''] = (env['SSH_CONNECTION'] ?? '').split(' ')
  if (!/^\d+$/.test(sshPort) || !isIP(address) || !isLoopback(usableUrl(redirectUri))) return undefined
  const { addresses, port } = readRedirectUri(redirectUri)
  const forward = addresses[0] === '::1' ? `'${port}:[::1]:${port}'` : `${port}:127.0.0.1:${port}`
  return ['ssh', ...(sshPort === '22' ? [] : ['-p', sshPort]), '-L', forward, `${user}@${address}`].join(' ')
}

function userName(): string {
  try {
    const { username } = userInfo()
    return /^[\w.-]+$/.test(username) ? username : 'you'
  } catch {
    return 'you'
  }
}
