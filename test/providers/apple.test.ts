import { expect, test } from 'vitest'
import type { Flags } from '../../src/cli/options.ts'
import { runProgram } from '../../src/cli/program.ts'
import { planOf, settingsOf } from '../../src/cli/settings.ts'
import type { WalkEvent } from '../../src/events.ts'
import { authorizationCodeFlow } from '../../src/flow.ts'
import { createOutside } from '../../src/io/outside.ts'
import { createRedactor } from '../../src/redact.ts'
import { walk } from '../../src/walk.ts'
import { speak } from '../io/raw-client.ts'
import { fakeWorld, ISSUER } from '../support/fake-server.ts'
import { freePort } from '../support/port.ts'
import { SECRET, tunnel } from './simulated.ts'

/** The browser at Apple, behind a tunnel that ends at this port: the response is posted, with the name that comes once. */
async function visit(url: string, port: number): Promise<void> {
  const asked = new URL(url).searchParams
  const form = new URLSearchParams({ code: 'the-code-of-this-login', state: asked.get('state') ?? '', user: '{"name":{"firstName":"Alice"}}' }).toString()
  const { host, pathname } = new URL(asked.get('redirect_uri') ?? '')
  const headers = ['Origin: https://appleid.apple.com', 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']
  const message = asked.get('response_mode') === 'form_post'
    ? [`POST ${pathname} HTTP/1.1`, `Host: ${host}`, 'Content-Type: application/x-www-form-urlencoded', `Content-Length: ${form.length}`, ...headers, '', form]
    : [`GET ${pathname}?error=invalid_request&state=${asked.get('state')} HTTP/1.1`, `Host: ${host}`, ...headers, '', '']
  await speak(port, message.join('\r\n'))
}

async function walked(...more: string[]) {
  const port = await freePort()
  const controller = new AbortController()
  let given: { issuer: string | undefined; flags: Flags } | undefined
  await runProgram([ISSUER, ...tunnel.slice(0, 2), '--listen', `http://127.0.0.1:${port}`, ...more], { walk: async (issuer, flags) => void (given = { issuer, flags }), practice: async () => {}, more: () => {} })
  if (!given) throw new Error('another command')
  const settings = settingsOf(await planOf({ ...given, credentials: { id: 'client', secret: SECRET } }))
  await using outside = createOutside({ signal: controller.signal, timeout: 5, wait: 5, listening: { listenAt: `http://127.0.0.1:${port}` }, browser: async () => {} })
  const fake = fakeWorld({ replies: { [`${ISSUER}/.well-known/openid-configuration`]: ({ body }) => ({ body: { ...(body as object), authorization_response_iss_parameter_supported: false } }) } })
  const openBrowser = async (url: string) => {
    await fake.openBrowser(url)
    void visit(url, port)
  }
  const events: WalkEvent[] = []
  const recorder = { reveal: 'nothing', show: (event: WalkEvent) => void events.push(event) } as const
  const { outcome } = await walk(authorizationCodeFlow(settings, { ...fake, listen: outside.listen, openBrowser }), [recorder], createRedactor([]), controller)
  return { outcome, arrival: events.find((event) => event.type === 'redirect') }
}

test('a walk at Apple ends well: the form is posted through the tunnel to the listener', async () => {
  const { outcome, arrival } = await walked('--provider', 'apple')
  expect(outcome).toEqual({ status: 'completed', exit: 0 })
  expect(arrival).toMatchObject({ method: 'POST', accepted: true })
})

test('without the preset Apple refuses the request', async () => {
  expect((await walked()).outcome).toMatchObject({ exit: 3, error: { happened: 'invalid_request' } })
})
