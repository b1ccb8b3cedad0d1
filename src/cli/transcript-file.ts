import type { Transcript } from '../events.ts'
import { readTextFile } from '../io/files.ts'
import { createRedactor, type Reveal } from '../redact.ts'
import { readTranscript } from '../render/transcript.ts'

/** Bytes. */
const LARGEST = 64 * 1024 * 1024

/**
 * A saved walk, as far as its reader may see it: it may have been saved with every secret in it.
 * @throws UsageError | MachineError | Malformed
 */
export async function transcriptFrom(path: string, reveal: Reveal): Promise<Transcript> {
  const transcript = readTranscript(await readTextFile(path, LARGEST), path)
  const redactor = createRedactor([])
  return { ...transcript, events: transcript.events.map((event) => redactor.event(event, reveal)) }
}
