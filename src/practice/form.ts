import type { IncomingMessage } from 'node:http'

const MAX_FORM_BYTES = 16 * 1024

/** Reads a form-encoded body. A body that is longer than any form of ours ends the connection. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk)
    if (text.length > MAX_FORM_BYTES) break
  }
  return new URLSearchParams(text)
}
