import { createInterface } from 'node:readline'
import type { TextRenderer } from '../render/text.ts'
import type { Reader } from '../walk.ts'

/** For pipes and files: the text as it comes. */
export function plainReader(stream: NodeJS.WritableStream, text: TextRenderer, reveal: Reader['reveal']): Reader {
  return {
    reveal,
    show(event) {
      stream.write(text.event(event))
    },
  }
}

/** Hands over the lines of standard input, until it is told to stop: then it keeps nobody from leaving. */
export function linesOf(stdin: NodeJS.ReadStream, receive: (line: string) => void): () => void {
  const lines = createInterface({ input: stdin, terminal: false })
  lines.on('line', (line) => {
    if (line.trim() !== '') receive(line)
  })
  stdin.on('error', () => {})
  return () => lines.close()
}
