import { WalkError } from '../errors.ts'
import type { Walk } from '../events.ts'
import type { Learned } from '../flow.ts'
import type { Outside } from '../outside.ts'
import { pinned } from '../pinned.ts'
import type { Redactor } from '../redact.ts'
import type { Settings } from '../settings.ts'
import { callResource, callUserInfo } from '../steps/7-tokens-used.ts'
import { type Ended, type Reader, walk } from '../walk.ts'
import type { Audience } from './audience.ts'
import { changed } from './change.ts'
import { isForDoctor } from './doctor-line.ts'
import { save } from './keep.ts'
import type { Recorder } from './outputs.ts'
import { type Choice, type Questions, questionsOn } from './questions.ts'
import type { Run } from './run.ts'
import type { Plan } from './settings.ts'
import { compareWithConsole, tellPage } from './silence.ts'
import { nonEmpty } from './values.ts'
import { followerOf } from './world.ts'

export interface After extends Run {
  plan: Plan
  settings: Settings
  ended: Ended<Learned>
  outside: Outside
  redactor: Redactor
  record: Recorder
  audience: Audience
}

/** The exit code of `BrowserTimeout`. */
const NOBODY_CAME = 7

/**
 * What can be done after a walk.
 * @returns the plan of the next walk; undefined to leave
 * @throws Cancelled
 */
export async function menu(after: After): Promise<Plan | undefined> {
  const { world, plan, settings: { resource }, ended, outside, audience } = after
  const questions = questionsOn(world)
  const { tokens, server } = ended.result ?? {}
  const userInfo = server?.metadata.userinfo_endpoint
  const door = server ? pinned(outside, server.metadata, resource) : outside
  if (!(await audience.linger('what next'))) return undefined
  for (;;) {
    const chosen = await questions.select('What next?', [
      ...(tokens && resource ? [{ value: 'resource', name: 'Call the resource again' } as const] : []),
      ...(tokens && userInfo ? [{ value: 'userinfo', name: 'Ask UserInfo' } as const] : []),
      ...(ended.outcome.exit === NOBODY_CAME ? [
        { value: 'page', name: 'Say what the browser shows', says: 'an error page, in its own words' } as const,
        { value: 'console', name: 'Compare with the console', says: 'the redirect URI that is registered' } as const,
      ] : []),
      ...(isForDoctor(ended.outcome) ? [{ value: 'doctor', name: 'Find out why', says: 'doctor asks the server, without a login' } as const] : []),
      { value: 'again', name: 'Walk again' },
      { value: 'change', name: 'Walk again with other settings' },
      { value: 'save', name: 'Save the transcript' },
      { value: 'leave', name: 'Leave' },
    ] satisfies Choice<string>[], { clear: true })
    if (chosen === 'leave') return undefined
    if (chosen === 'again') return plan
    if (chosen === 'resource' && tokens && resource) await call(after, callResource(resource, tokens, door))
    if (chosen === 'userinfo' && tokens && server && userInfo) await call(after, callUserInfo(userInfo, tokens, after.settings, server, door))
    if (chosen === 'page') world.stdout.write(await tellPage(after.settings, questions))
    if (chosen === 'console') world.stdout.write(await compareWithConsole(after.settings, questions))
    if (chosen === 'doctor') await examine(after)
    if (chosen === 'save') await saveAs(after, questions)
    const next = chosen === 'change' ? await changed(plan, questions) : undefined
    if (next) return next
  }
}

/** One request more, told like those of the walk. It is not part of its transcript. */
async function call({ world, outputs, redactor, audience: { text } }: After, flow: Walk<unknown>): Promise<void> {
  const reader: Reader = { reveal: outputs.reveal, show: (event) => void world.stdout.write(text.event(event)) }
  const { outcome } = await walk(flow, [reader], redactor, followerOf(world.signal))
  world.signal.throwIfAborted()
  if (outcome.status === 'failed') world.stdout.write(text.outcome(outcome))
}

async function examine({ plan, settings, flags: { timeout }, world, audience }: After): Promise<void> {
  const { examineSettings } = await import('./doctor.ts')
  try {
    await examineSettings(settings, plan.machine, { timeout }, world)
  } catch (error) {
    if (!(error instanceof WalkError)) throw error
    audience.notice(error.explanation.happened)
  }
}

async function saveAs({ ended, record, audience }: After, questions: Questions): Promise<void> {
  const check = nonEmpty('a file', 'a name', 'walk.json')
  const path = await questions.text('File:', { start: 'walk.json', check, clear: true })
  try {
    await save(path, record.transcript(ended.outcome), audience)
  } catch (error) {
    if (!(error instanceof WalkError)) throw error
    audience.notice(error.explanation.happened)
  }
}
