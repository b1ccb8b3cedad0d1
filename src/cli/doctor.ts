import { setMaxListeners } from 'node:events'
import { contextOf } from '../doctor/context.ts'
import { type Result, examination, exitOf } from '../doctor/examination.ts'
import { probes } from '../doctor/index.ts'
import { readTextFile } from '../io/files.ts'
import { createOutside } from '../io/outside.ts'
import { createSenses } from '../io/senses.ts'
import type { Practice } from '../practice/provider.ts'
import { createRedactor } from '../redact.ts'
import { drawFinding, drawSummary } from '../render/doctor.ts'
import { escapeJson } from '../render/escape.ts'
import { lookOf } from '../render/look.ts'
import { penOf } from '../render/pen.ts'
import type { Settings } from '../settings.ts'
import type { DoctorFlags } from './commands/doctor.ts'
import type { Credentials } from './credentials.ts'
import { listeningOf } from './listening.ts'
import type { Flags } from './options.ts'
import { redirectUriFrom } from './place.ts'
import { withProfile } from './profile-use.ts'
import { proseLines } from './prose.ts'
import { type Plan, planOf, settingsOf } from './settings.ts'
import { followerOf, isInteractive, type World } from './world.ts'

interface Given {
  issuer: string | undefined
  flags: DoctorFlags
  credentials: Credentials
}

type HowFlags = Pick<DoctorFlags, 'timeout' | 'json' | 'offline' | 'registered' | 'probeSecret'>

const LARGEST_CA = 1024 * 1024

/**
 * Examines the settings of a walk, and shows each finding as it comes.
 * @returns the class of the first failure, or 0
 * @throws WalkError where it could not begin
 */
export async function runDoctor(given: Given, world: World): Promise<number> {
  const { flags } = given
  const plan = await planFor(given, world)
  await using practice = plan.server ? undefined : await practiceFor(plan, flags)
  return await examineSettings(settingsOf(plan, practice), plan.machine, flags, world)
}

/** The same for settings that are there already. */
export async function examineSettings(settings: Settings, machine: Plan['machine'], flags: HowFlags, world: World): Promise<number> {
  const wrongSecret = flags.probeSecret ?? await mayTryWrongSecret(settings, flags, world)
  const ca = machine.ca === undefined ? {} : { ca: await readTextFile(machine.ca, LARGEST_CA) }
  const { signal } = followerOf(world.signal)
  // Every probe listens to it.
  setMaxListeners(0, signal)
  const bounds = { signal, timeout: flags.timeout, ...ca }
  await using outside = createOutside({ ...bounds, wait: 1, listening: await listeningOf(machine), browser: async () => {} })
  const context = contextOf({
    settings,
    outside,
    senses: createSenses({ ...bounds, env: world.env }),
    offline: flags.offline !== undefined,
    wrongSecret,
    ...(flags.registered === undefined ? {} : { registered: flags.registered }),
  })
  return await report(examination(probes, context), settings, flags, world)
}

async function report(examined: AsyncIterable<Result>, { client: { secret } }: Settings, { json }: HowFlags, { stdout, env, signal }: World): Promise<number> {
  const pen = penOf(lookOf(stdout, env))
  const redactor = createRedactor(secret === undefined ? [] : [{ name: 'client_secret', value: secret }])
  const results: Result[] = []
  for await (const result of examined) {
    signal.throwIfAborted()
    const clean = redactor.finding(result)
    if (!json) stdout.write(drawFinding(clean, results.at(-1)?.family, pen))
    results.push(clean)
  }
  const exit = exitOf(results)
  stdout.write(json ? `${escapeJson(JSON.stringify({ version: 1, findings: results, exit }, null, 2))}\n` : `${drawSummary(results, exit, pen)}\n`)
  return exit
}

async function planFor({ issuer, flags: { offline, ...flags }, credentials }: Given, world: World): Promise<Plan> {
  const walkFlags: Flags = { ...flags, ...(offline === undefined ? {} : { metadata: offline }) }
  if (offline !== undefined) return await planOf({ issuer, flags: { authMethod: 'none', ...walkFlags }, credentials: { id: 'unnamed', ...credentials } })
  const walked = await withProfile({ issuer, flags: walkFlags, credentials }, world.env)
  const asks = isInteractive(world) && !flags.json && !flags.practice
  return await planOf(walked, asks ? (await import('./ask.ts')).askOn(world, redirectUriFrom(walked.flags)) : undefined)
}

async function practiceFor({ redirectUri }: Plan, { practice }: DoctorFlags): Promise<Practice> {
  const { startPractice } = await import('../practice/provider.ts')
  return await startPractice({ redirectUri, observe: () => {}, ...(typeof practice === 'string' ? { lie: practice } : {}) })
}

const CONTROL = 'A token request with a made-up secret shows whether yours makes a difference. Some providers count it as a failed login.'

/** It counts as a failed login at some providers, so nobody finds out afterwards. */
async function mayTryWrongSecret({ client }: Settings, { json, offline }: HowFlags, world: World): Promise<boolean> {
  if (client.secret === undefined || json || offline !== undefined || !isInteractive(world)) return false
  const { questionsOn } = await import('./questions.ts')
  const questions = questionsOn(world)
  world.stdout.write(`\n${proseLines(CONTROL, questions.pen).join('\n')}\n`)
  const chosen = await questions.select('Send that request too?', [
    { value: 'no', name: 'no', says: 'the findings will be less sure' },
    { value: 'yes', name: 'yes', says: 'once' },
  ])
  return chosen === 'yes'
}
