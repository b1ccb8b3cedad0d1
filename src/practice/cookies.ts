interface Cookie {
  name: string
  value: string
  host: string
  path: string
}

/** A cookie jar, as much of RFC 6265 as one walk on this machine needs. Ports are no part of a cookie. */
export function cookieJar() {
  let cookies: Cookie[] = []
  return {
    /** @returns the names that were set, and those that were taken back */
    store(url: URL, lines: readonly string[]): string[] {
      return lines.map((line) => {
        const { gone, ...cookie } = parse(url, line)
        cookies = cookies.filter((known) => !same(known, cookie))
        if (!gone) cookies.push(cookie)
        return gone ? `${cookie.name} taken back` : cookie.name
      })
    },
    /** The value of the Cookie header; empty where there is nothing to send. */
    header(url: URL): string {
      const fitting = cookies.filter(({ host, path }) => host === url.hostname && covers(path, url.pathname))
      return fitting.map(({ name, value }) => `${name}=${value}`).join('; ')
    },
  }
}

function parse(url: URL, line: string): Cookie & { gone: boolean } {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const attribute = (name: string) => {
    const found = attributes.find((part) => part.toLowerCase().startsWith(`${name}=`))
    return found?.slice(name.length + 1)
  }
  const [name, value] = halves(pair)
  const gone = attribute('max-age') === '0' || Date.parse(attribute('expires') ?? '') < Date.now()
  return { name, value, host: url.hostname, path: attribute('path') ?? '/', gone }
}

function halves(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return at < 0 ? ['', pair] : [pair.slice(0, at), pair.slice(at + 1)]
}

function same(one: Cookie, other: Cookie): boolean {
  return one.name === other.name && one.host === other.host && one.path === other.path
}

/** RFC 6265 5.1.4. */
function covers(path: string, requested: string): boolean {
  return requested === path || requested.startsWith(path.endsWith('/') ? path : `${path}/`)
}
