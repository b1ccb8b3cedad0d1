#!/usr/bin/env node
// A user agent of plain HTTP: follows redirects, keeps cookies, fills the first form and presses its first button.
// `BROWSER=` can name this file: it gets the URL as its one argument. It is no TypeScript because Node 20 must run it.
import { request as requestOverHttp } from 'node:http'
import { pathToFileURL } from 'node:url'

/**
 * @typedef {{ method: string, url: string, status: number }} Hop
 * @typedef {{ hops: Hop[], url: string, status: number, headers: import('node:http').IncomingHttpHeaders, text: string }} Visit
 *   Every hop, and the page that the person ends on. `status` is 0 where `until` stopped before the request.
 * @typedef {object} Person
 * @property {string} [user]
 * @property {string} [password]
 * @property {(url: string) => boolean} [until] stops before this URL is asked for
 * @property {number} [forms] how many forms to send; as many as come where absent
 */

const mostHops = 30

/**
 * @param {string} start
 * @param {Person} [person]
 * @returns {Promise<Visit>}
 */
export async function visit(start, { user = 'alice', password = 'wonderland', until, forms = Infinity } = {}) {
  /** @type {Hop[]} */
  const hops = []
  /** @type {Cookie[]} */
  const jar = []
  /** @type {Message} */
  let message = { method: 'GET', url: start, body: '' }
  let sent = 0
  while (hops.length < mostHops) {
    const { method, url } = message
    if (until?.(url)) return { hops, url, status: 0, headers: {}, text: '' }
    const answer = await send(message, jar)
    hops.push({ method, url, status: answer.status })
    const next = redirect(message, answer) ?? (sent < forms ? form(answer.text, url, { user, password }) : undefined)
    if (!next) return { hops, url, ...answer }
    if (!answer.headers.location) sent += 1
    message = next
  }
  throw new Error(`more than ${mostHops} hops:\n${hops.map(hop => `${hop.status} ${hop.url}`).join('\n')}`)
}

/**
 * @typedef {{ method: string, url: string, body: string }} Message
 * @typedef {{ name: string, value: string, host: string, path: string }} Cookie
 * @typedef {{ status: number, headers: import('node:http').IncomingHttpHeaders, text: string }} Answer
 */

/** @type {(message: Message, jar: Cookie[]) => Promise<Answer>} */
async function send({ method, url, body }, jar) {
  const target = new URL(url)
  const cookie = cookiesFor(target, jar)
  const headers = {
    accept: 'text/html',
    ...(cookie && { cookie }),
    ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded', origin: target.origin }),
  }
  const request = target.protocol === 'https:' ? (await import('node:https')).request : requestOverHttp
  /** @type {import('node:http').IncomingMessage} */
  const incoming = await new Promise((resolve, reject) => {
    request(target, { method, agent: false, headers }).on('response', resolve).on('error', reject).end(body)
  })
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk
  for (const line of incoming.headers['set-cookie'] ?? []) store(line, target, jar)
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, text }
}

/** @type {(target: URL, jar: Cookie[]) => string} */
function cookiesFor(target, jar) {
  const fits = jar.filter(({ host, path }) => host === target.hostname && covers(path, target.pathname))
  return fits.map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** RFC 6265 5.1.4. @type {(path: string, asked: string) => boolean} */
function covers(path, asked) {
  return asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`)
}

/** @type {(line: string, target: URL, jar: Cookie[]) => void} */
function store(line, target, jar) {
  const [pair = '', ...attributes] = line.split(/;\s*/)
  const attribute = Object.fromEntries(attributes.map(split).map(([key, given]) => [key.toLowerCase(), given]))
  const [name, value] = split(pair)
  const path = attribute['path'] ?? (target.pathname.replace(/\/[^/]*$/, '') || '/')
  const old = jar.findIndex(cookie => cookie.name === name && cookie.host === target.hostname && cookie.path === path)
  if (old >= 0) jar.splice(old, 1)
  const gone = attribute['max-age'] === '0' || Date.parse(attribute['expires'] ?? '') < Date.now()
  if (!gone) jar.push({ name, value, host: target.hostname, path })
}

/** @type {(text: string) => [string, string]} */
function split(text) {
  const at = text.indexOf('=')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

/** @type {(message: Message, answer: Answer) => Message | undefined} */
function redirect({ method, url, body }, { status, headers }) {
  if (status < 300 || status > 399 || !headers.location) return undefined
  const next = new URL(headers.location, url).href
  return status === 307 || status === 308 ? { method, url: next, body } : { method: 'GET', url: next, body: '' }
}

/** @type {(html: string, base: string, person: { user: string, password: string }) => Message | undefined} */
function form(html, base, { user, password }) {
  const [, opening = '', inside = ''] = /<form\b([^>]*)>([\s\S]*?)<\/form>/i.exec(html) ?? []
  if (!inside) return undefined
  const { action = base, method = 'get' } = attributesOf(opening)
  const fields = new URLSearchParams()
  for (const [, text = ''] of inside.matchAll(/<input\b([^>]*)>/gi)) {
    const { name, type = 'text', value = '' } = attributesOf(text)
    if (name && ['hidden', 'text', 'email', 'password'].includes(type)) {
      fields.append(name, { hidden: value, password }[type] ?? user)
    }
  }
  const { name, value = '' } = attributesOf(/<button\b([^>]*)>/i.exec(inside)?.[1] ?? '')
  if (name) fields.append(name, value)
  const url = new URL(action, base)
  if (method.toLowerCase() === 'post') return { method: 'POST', url: url.href, body: fields.toString() }
  url.search = fields.toString()
  return { method: 'GET', url: url.href, body: '' }
}

/** @type {(text: string) => Record<string, string>} */
function attributesOf(text) {
  const found = text.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g)
  return Object.fromEntries([...found].map(([, name = '', a, b, c]) => [name.toLowerCase(), plain(a ?? b ?? c ?? '')]))
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", '#x2F': '/' }

/** @type {(text: string) => string} */
function plain(text) {
  return text.replace(/&(#?\w+);/g, (whole, name) => entities[/** @type {keyof typeof entities} */ (name)] ?? whole)
}

/** As `BROWSER`: what it saw goes to the file named by SCRIPTED_BROWSER_LOG, for the test to read. */
async function main() {
  const { SCRIPTED_BROWSER_LOG: log, ...environment } = process.env
  const args = process.argv.slice(2)
  /** @type {object} */
  const seen = await visit(args[0] ?? '').catch((/** @type {unknown} */ error) => ({ error: String(error) }))
  if (!log) return
  const { rename, writeFile } = await import('node:fs/promises')
  await writeFile(`${log}.part`, JSON.stringify({ args, environment, ...seen }))
  await rename(`${log}.part`, log)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) void main()
