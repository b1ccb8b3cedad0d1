import type { ObservedEvent } from '../events.ts'
import { startPractice } from '../practice/provider.ts'
import { createRedactor } from '../redact.ts'
import { lookOf } from '../render/look.ts'
import { penOf } from '../render/pen.ts'
import { textRenderer } from '../render/text.ts'
import { DEFAULT_REDIRECT_URI, type PracticeFlags } from './options.ts'
import { proseLines } from './prose.ts'
import type { World } from './world.ts'

/**
 * `authwalk practice`: the server in one terminal, and the client in another. Runs until a signal ends it.
 * @throws UsageError | MachineError, and the reason of the signal
 */
export async function runPractice({ port, redirectUri, lie }: PracticeFlags, world: World): Promise<never> {
  const { stdout, env, signal } = world
  const look = lookOf(stdout, env)
  const pen = penOf(look)
  const text = textRenderer(look)
  const redactor = createRedactor([])
  const reveal = stdout.isTTY ? 'tokens' : 'nothing'
  const observe = (event: ObservedEvent) => void stdout.write(text.event(redactor.event(event, reveal)))
  await using practice = await startPractice({ port, redirectUri, observe, ...(lie === undefined ? {} : { lie }) })
  const { issuer, resource, client, users } = practice
  const rows = {
    issuer,
    client_id: client.id,
    redirect_uri: redirectUri,
    resource,
    users: users.map(({ name, password }) => `${name} / ${password}`).join(', '),
  }
  const command = `npx authwalk ${issuer} --client-id ${client.id}${redirectFlag(redirectUri)}`
  stdout.write([
    '',
    ` ${pen.bold('Practice provider')} ${pen.glyph.dot} on this machine alone, until Ctrl+C`,
    '',
    ...Object.entries(rows).map(([name, value]) => `   ${name.padEnd(14)}${pen.text(value)}`),
    '',
    ...proseLines('Walk on it from another terminal. This secret was made now and ends with this run:', pen),
    '',
    `AUTHWALK_CLIENT_SECRET=${client.secret} ${command}`,
    '',
  ].join('\n'))
  return await new Promise<never>((_, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function redirectFlag(redirectUri: string): string {
  return redirectUri === DEFAULT_REDIRECT_URI ? '' : ` --redirect-uri '${redirectUri.replaceAll("'", "%27")}'`
}
