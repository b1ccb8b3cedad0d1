import type { Transcript } from '../events.ts'
import { requireAbsent, writePrivate } from '../io/files.ts'
import { json } from '../render/reports/json.ts'
import type { Audience } from './audience.ts'
import type { Flags } from './options.ts'

/** What becomes of a walk when it is over: a transcript, and reports of it. */
type Keeping = Pick<Flags, 'save' | 'report'>

type Teller = Pick<Audience, 'notice'>

/**
 * Looks before the walk whether its files can be written after it.
 * @throws UsageError for a file that is there, and for a format that is not
 */
export async function requireKeepable({ save: path, report: wanted = [] }: Keeping): Promise<void> {
  if (wanted.length > 0) {
    const { reportIn } = await import('./reports.ts')
    for (const { format } of wanted) reportIn(format, '--report')
  }
  if (path !== undefined) await requireAbsent(path)
  for (const { file } of wanted) await requireAbsent(file)
}

/** @throws UsageError | MachineError */
export async function keep(keeping: Keeping, transcript: Transcript, audience: Teller): Promise<void> {
  const { save: path, report: wanted = [] } = keeping
  if (path !== undefined) await save(path, transcript, audience)
  if (wanted.length === 0) return
  const { reportIn } = await import('./reports.ts')
  for (const { format, file } of wanted) {
    await writePrivate(file, reportIn(format, '--report').render(transcript))
    audience.notice(`The ${format} report is in ${file}, for you alone to read.`)
  }
}

/** @throws UsageError | MachineError */
export async function save(path: string, transcript: Transcript, { notice }: Teller): Promise<void> {
  await writePrivate(path, json.render(transcript))
  notice(`The transcript is in ${path}, for you alone to read.`)
}
