import type { Transcript } from '../../events.ts'

/** One picture of a walk: a pure function of its transcript. */
export interface Report {
  /** What `--format` and `--report` call it. */
  format: string
  /** Of a file that holds it, without the dot. */
  extension: string
  render(transcript: Transcript): string
}
