import type { Transcript } from '../events.ts'
import { readTextFile } from '../io/files.ts'
import { readTranscript } from '../render/transcript.ts'

/** Bytes. */
const LARGEST = 64 * 1024 * 1024

/** @throws UsageError | MachineError | Malformed */
export async function transcriptFrom(path: string): Promise<Transcript> {
  return readTranscript(await readTextFile(path, LARGEST), path)
}
