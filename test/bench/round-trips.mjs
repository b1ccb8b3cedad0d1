// From the authorization response to verified tokens, with a long way between client and authorization server.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { authorizationCodeFlow, createOutside } from '../../src/index.ts'
import { startPractice } from '../../src/practice/provider.ts'
import { visit } from '../support/scripted-browser.mjs'
import { freePort, median } from './measure.mjs'

/** Milliseconds there and back. */
const WAY = 100
const ROUNDS = 9

/** @param {(row: import('./processes.mjs').Row) => void} tell */
export async function bench(tell) {
  const redirectUri = `http://127.0.0.1:${await freePort()}/callback`
  const practice = await startPractice({ redirectUri, observe: () => {} })
  const far = await farAway(Number(new URL(practice.issuer).port))
  try {
    const response = await fetch(`${practice.issuer}/.well-known/openid-configuration`)
    const text = (await response.text()).replaceAll(/"(token_endpoint|jwks_uri|userinfo_endpoint)":"http:\/\/127\.0\.0\.1:\d+/g, `"$1":"http://127.0.0.1:${far.port}`)
    const taken = []
    for (let round = 0; round < ROUNDS; round += 1) taken.push(await walk(text, practice.client, redirectUri))
    const milliseconds = median(taken)
    tell({ what: 'round trips from the authorization response to verified tokens', ratio: milliseconds / WAY, most: 1.15, detail: `${milliseconds.toFixed(0)} / ${WAY} ms` })
  } finally {
    await far[Symbol.asyncDispose]()
    await practice[Symbol.asyncDispose]()
  }
}

/**
 * @param {string} text the metadata document
 * @param {{ id: string, secret: string }} client
 * @param {string} redirectUri
 * @returns {Promise<number>} milliseconds
 */
async function walk(text, client, redirectUri) {
  const server = { metadataDocument: { text, from: 'the bench' }, endpoints: {} }
  const settings = { server, client, redirectUri, scope: 'openid', pkce: /** @type {const} */ ('S256'), parameters: [], tokenParameters: [], clockSkew: 300 }
  const browser = async (/** @type {string} */ url) => void setTimeout(() => void visit(url).catch(() => {}), 2 * WAY)
  await using outside = createOutside({ signal: new AbortController().signal, timeout: 10, wait: 60, browser })
  let arrived = 0
  let verified = 0
  for await (const event of authorizationCodeFlow(settings, outside)) {
    if (event.type === 'redirect' && event.accepted) arrived = performance.now()
    if (event.type === 'check' && event.id.startsWith('id-token-')) verified = performance.now()
  }
  return verified - arrived
}

/**
 * A way of `WAY` milliseconds to a port: bytes take half of it, and a connection is there after the whole of it.
 * @param {number} port
 */
async function farAway(port) {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set()
  const way = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    const there = performance.now() + WAY
    const late = (/** @type {import('node:net').Socket} */ to) => (/** @type {string} */ bytes) =>
      void setTimeout(() => to.write(bytes, 'latin1'), Math.max(0, there - performance.now()) + WAY / 2)
    // The practice provider answers to its own name alone.
    const misled = (/** @type {string} */ bytes) => bytes.replace(/(?<=\nhost: 127\.0\.0\.1:)\d+/i, String(port))
    near.setEncoding('latin1')
    far.setEncoding('latin1')
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}))
    near.on('data', (bytes) => late(far)(misled(String(bytes)))).on('close', () => setTimeout(() => far.destroy(), WAY))
    far.on('data', late(near)).on('close', () => setTimeout(() => near.destroy(), WAY))
  }).listen(0, '127.0.0.1')
  await once(way, 'listening')
  const address = way.address()
  return {
    port: typeof address === 'object' ? address?.port : undefined,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      way.close()
      await once(way, 'close')
    },
  }
}
