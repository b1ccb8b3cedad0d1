import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { authorizationCodeFlow } from '../../src/flow.ts'
import { createOutside } from '../../src/io/outside.ts'
import { startPractice } from '../../src/practice/provider.ts'
import { createRedactor } from '../../src/redact.ts'
import { walk } from '../../src/walk.ts'
import { freeRedirectUri } from '../support/port.ts'
import { visit } from '../support/scripted-browser.mjs'
import { settings } from '../support/fake-server.ts'

/** What a process holds. Names of resources are Node's own. */
export interface Holdings {
  sockets: number
  servers: number
  timers: number
  children: number
  descriptors: number
  files: number
}

/** Walks one after the other in this process, with a practice provider and a listener of its own for each. */
export async function soak(walks: number): Promise<{ exits: number[]; before: Holdings; after: Holdings }> {
  // The first walk loads what stays for good.
  const exits = [await once()]
  const before = await holdings()
  while (exits.length <= walks) exits.push(await once())
  return { exits: exits.slice(1), before, after: await holdings() }
}

async function once(): Promise<number> {
  const redirectUri = await freeRedirectUri()
  const controller = new AbortController()
  await using practice = await startPractice({ redirectUri, observe: () => {} })
  let visited: Promise<unknown> = Promise.resolve()
  const browser = async (url: string) => void (visited = visit(url))
  await using outside = createOutside({ signal: controller.signal, timeout: 10, wait: 30, browser })
  const flow = authorizationCodeFlow({ ...settings, server: { issuer: practice.issuer, endpoints: {} }, client: practice.client, redirectUri, resource: practice.resource }, outside)
  const { outcome } = await walk(flow, [], createRedactor([]), controller)
  await visited
  return outcome.exit
}

async function holdings(): Promise<Holdings> {
  // Handles are closed in a later turn of the event loop than the one in which they were let go.
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10))
  const held = process.getActiveResourcesInfo()
  const count = (name: RegExp) => held.filter((one) => name.test(one)).length
  return {
    sockets: count(/^TCPSocketWrap|^TLSWrap|^TCPConnectWrap/),
    servers: count(/^TCPServerWrap/),
    timers: count(/^Timeout/),
    children: count(/^ProcessWrap/),
    descriptors: (await readdir('/proc/self/fd').catch(() => [])).length,
    files: (await readdir(tmpdir())).filter((name) => name.startsWith('.authwalk')).length,
  }
}
