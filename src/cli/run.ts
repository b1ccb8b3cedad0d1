import { Cancelled } from '../errors.ts'
import type { ObservedEvent, Outcome, Parameter } from '../events.ts'
import { authorizationCodeFlow } from '../flow.ts'
import { readTextFile } from '../io/files.ts'
import { createOutside } from '../io/outside.ts'
import { observations } from '../observations.ts'
import { createRedactor } from '../redact.ts'
import { lookOf } from '../render/look.ts'
import { penOf } from '../render/pen.ts'
import type { Settings } from '../settings.ts'
import { type Ended, walk } from '../walk.ts'
import { type Audience, audienceOf } from './audience.ts'
import { browserFor, browserThat } from './browsing.ts'
import { doctorLine, isForDoctor } from './doctor-line.ts'
import { listeningOf } from './listening.ts'
import type { Flags } from './options.ts'
import { requireKeepable } from './keep.ts'
import { deliver, type Outputs, outputsOf, recorder } from './outputs.ts'
import { redirectUriFrom } from './place.ts'
import type { Answers } from './profile-use.ts'
import { proseLines } from './prose.ts'
import { type Ask, type Given, type Plan, planOf, settingsOf } from './settings.ts'
import { followerOf, type World } from './world.ts'

/** What stays the same when the person walks again. */
export interface Run {
  world: World
  flags: Flags
  outputs: Outputs
}

/**
 * Walks, and on a terminal again as often as the person wants.
 * @returns how the last walk ended
 * @throws WalkError where it could not begin, or its result could not be delivered
 */
export async function runWalk(typed: Given, world: World): Promise<Outcome> {
  const given = typed.flags.profile === undefined ? typed : await (await import('./profile-use.ts')).withProfile(typed, world.env)
  const { flags } = given
  let run: Run = { world, flags, outputs: outputsOf(world, flags) }
  await requireKeepable(flags)
  const asks = run.outputs.interactive && !flags.practice
  const ask = asks ? (await import('./ask.ts')).askOn(world, redirectUriFrom(flags)) : undefined
  let plan = flags.saveProfile === undefined ? await planOf(given, ask) : await plannedAndSaved(flags.saveProfile, given, ask, world)
  for (;;) {
    const { outcome, next } = await walkOnce(plan, run)
    if (!next) {
      if (!(run.outputs.interactive && flags.pause)) tellOfDoctor(typed, outcome, run.outputs.notices, world)
      return outcome
    }
    plan = next
    run = { ...run, flags: unsaved(flags) }
  }
}

/** Where there is no menu that would offer it. */
function tellOfDoctor(typed: Given, outcome: Outcome, stream: NodeJS.WriteStream, { env }: World): void {
  const line = isForDoctor(outcome) ? doctorLine(typed) : undefined
  if (line === undefined) return
  const said = proseLines('The same settings, asked one by one, without a login:', penOf(lookOf(stream, env)))
  stream.write(['', ...said, '', line, ''].join('\n'))
}

/** What can be resolved is kept before the walk: a failing walk is the one that is tried again. */
async function plannedAndSaved(name: string, given: Given, ask: Ask | undefined, { env }: World): Promise<Plan> {
  const [{ profilePath }, { remembering, saveProfile }, { requireAbsent }] = await Promise.all([import('./profile.ts'), import('./profile-use.ts'), import('../io/files.ts')])
  await requireAbsent(profilePath(name, env))
  const answers: Answers = { flags: {} }
  const plan = await planOf(given, ask && remembering(ask, answers))
  const path = await saveProfile(name, given, answers, plan, env)
  const note = `The profile is in ${path}, without the secret. It walks again with authwalk --profile ${name}.`
  return { ...plan, warnings: [...plan.warnings, note] }
}

async function walkOnce(plan: Plan, run: Run): Promise<{ outcome: Outcome; next?: Plan | undefined }> {
  const { world, flags, outputs } = run
  const controller = followerOf(world.signal)
  const seen = observations()
  const observe = (event: ObservedEvent) => seen.observe(event)
  await using practice = plan.server ? undefined : await practiceFor(plan, flags, observe)
  const settings = settingsOf(plan, practice)
  const browser = browserFor(world, flags.browser, practice !== undefined)
  const { redirectUri, client: { id: clientId } } = settings
  const audience = await audienceOf({ world, flags, outputs, browser, redirectUri, clientId })
  if (browser === 'builtin' && !flags.browser) audience.notice(BUILTIN)
  for (const warning of plan.warnings) audience.notice(warning)
  const ca = plan.machine.ca === undefined ? {} : { ca: await readTextFile(plan.machine.ca, LARGEST_CA) }
  if (outputs.interactive) {
    const { askedMeanwhile, hearPage } = await import('./silence.ts')
    hearPage(audience, settings, () => askedMeanwhile(settings, ca, world))
  }
  await using outside = createOutside({
    signal: controller.signal,
    timeout: flags.timeout,
    wait: flags.wait,
    ...ca,
    browser: browserThat({ browser, practice, observe, signal: controller.signal, ...audience }),
    pasted: audience.pasted,
    listening: await listeningOf(plan.machine),
  })
  const record = recorder(flags)
  const redactor = createRedactor(secretsOf(settings))
  const flow = seen.among(authorizationCodeFlow(settings, outside))
  const walked = await walk(flow, [...audience.readers, record], redactor, controller)
  const finished = await settled(walked, audience, world)
  const alone = finished.outcome.exit === NOBODY_CAME
  if (alone) audience.remind()
  const ended = alone ? await (await import('./silence.ts')).askedInstead(finished, settings, ca, world) : finished
  const outcome = await deliver(ended, { record, audience, ...run })
  if (!outputs.interactive || !flags.pause || world.signal.aborted) return { outcome }
  const { menu } = await import('./menu.ts')
  const next = await menu({ plan, settings, ended, outside, redactor, record, audience, ...run })
  return { outcome, next }
}

/** The exit code of `BrowserTimeout`. */
const NOBODY_CAME = 7
const LARGEST_CA = 1024 * 1024
const BUILTIN = 'There is no browser to be had here, or nobody to use it: the program plays both, and logs in as alice.'

/** Shows what was held back. A walk that a signal broke off was cancelled, whatever it ran into then. */
async function settled<Result>(ended: Ended<Result>, audience: Audience, { signal }: World): Promise<Ended<Result>> {
  try {
    await audience.finish(signal.aborted)
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    return ended
  }
  if (ended.outcome.status !== 'failed' || !signal.aborted) return ended
  if (!(signal.reason instanceof Cancelled)) throw signal.reason
  return { outcome: { status: 'cancelled', exit: signal.reason.exit } }
}

async function practiceFor({ redirectUri }: Plan, { practice }: Flags, observe: (event: ObservedEvent) => void) {
  const { startPractice } = await import('../practice/provider.ts')
  return startPractice({ redirectUri, observe, ...(typeof practice === 'string' ? { lie: practice } : {}) })
}

function secretsOf({ client }: Settings): Parameter[] {
  return client.secret === undefined ? [] : [{ name: 'client_secret', value: client.secret }]
}

/** The files have their walk. */
function unsaved({ save: _, report: __, ...flags }: Flags): Flags {
  return flags
}
