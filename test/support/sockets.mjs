// Comes into a process with NODE_OPTIONS=--import and appends a line to SOCKETS for each way out that is taken, before
// it is taken, and for each door that is opened. Children inherit both variables.
import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const { SOCKETS: file = '' } = process.env

/** @type {(kind: string, to: string) => void} */
function note(kind, to) {
  appendFileSync(file, `${kind} ${to}\n`)
}

/**
 * @param {object} owner
 * @param {string} name
 * @param {(args: unknown[]) => string | undefined} to what the arguments say about where it goes
 * @param {string} kind
 */
function watch(owner, name, to, kind = name) {
  /** @type {unknown} */
  const original = Reflect.get(owner, name)
  if (typeof original !== 'function') return
  Reflect.set(owner, name, /** @this {unknown} @param {unknown[]} args */ function (...args) {
    const place = to(args)
    if (place !== undefined) note(kind, place)
    return /** @type {unknown} */ (Reflect.apply(original, this, args))
  })
}

/** @type {(args: unknown[]) => string} */
const told = (args) => args.filter((arg) => typeof arg === 'string' || typeof arg === 'number').join(' ')

/** An address is its own answer: `listen` looks it up too. @type {(args: unknown[]) => string | undefined} */
const asked = (args) => (net.isIP(String(args[0])) ? undefined : told(args))

/** TLS, HTTP and fetch end here too. Their calls are normalized to `[[options, callback]]`. @type {(args: unknown[]) => string} */
function destination(args) {
  const [first, second] = /** @type {unknown[]} */ (Array.isArray(args[0]) ? args[0] : args)
  if (typeof first !== 'object') return `${typeof second === 'string' ? second : 'localhost'}:${String(first)}`
  const { path, host = 'localhost', port } = /** @type {{ path?: string, host?: string, port?: unknown }} */ (first)
  return port === undefined && path !== undefined ? path : `${host}:${String(port)}`
}

watch(net.Socket.prototype, 'connect', destination)
for (const name of ['send', 'connect']) watch(dgram.Socket.prototype, name, (args) => told(args.slice(1)), 'datagram')
for (const owner of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  const names = Object.getOwnPropertyNames(owner).filter((name) => /^(?:lookup|resolve|reverse)/.test(name))
  for (const name of names) watch(owner, name, asked, 'name')
}
for (const name of ['spawn', 'fork', 'exec', 'execFile', 'spawnSync', 'execSync', 'execFileSync']) {
  watch(childProcess, name, told, 'child')
}

/** @type {unknown} */
const listen = Reflect.get(net.Server.prototype, 'listen')
if (typeof listen === 'function') {
  Reflect.set(net.Server.prototype, 'listen', /** @this {net.Server} @param {unknown[]} args */ function (...args) {
    this.once('listening', () => {
      const address = this.address()
      note('listen', typeof address === 'object' && address ? `${address.address}:${address.port}` : String(address))
    })
    return /** @type {unknown} */ (Reflect.apply(listen, this, args))
  })
}
syncBuiltinESMExports()
