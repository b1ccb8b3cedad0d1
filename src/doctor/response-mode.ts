import { strings } from '../oauth/metadata.ts'
import { backOf, land } from './landing.ts'
import type { Context, Verdict } from './probe.ts'

/** In which ways an answer can come, and which of them the metadata promises. */
export async function judgeResponseMode(context: Context): Promise<Verdict | undefined> {
  const listed = strings((await context.document())['response_modes_supported'])
  const wanted = context.settings.parameters.find(({ name }) => name === 'response_mode')?.value ?? 'query'
  if (!MODES.some((mode) => mode === wanted)) return undefined
  const unlisted = listed && !listed.includes(wanted) ? [`the metadata lists ${listed.join(', ') || 'none'}`] : []
  if (context.offline) {
    if (!listed) return undefined
    return unlisted.length === 0 ? { status: 'pass', found: wanted } : { status: 'warn', found: `${wanted} is not in the metadata`, evidence: unlisted, fix: 'Look whether the server sends its answers so all the same: authwalk doctor without --offline asks.', sure: 'possible' }
  }
  const { mode } = await backOf(context)
  if (mode !== wanted) {
    return { status: 'fail', found: `${wanted} was asked for, and ${mode} comes`, evidence: unlisted, fix: MODE_FIXES[mode], sure: 'certain' }
  }
  const others = MODES.filter((other) => other !== wanted)
  const landings = await Promise.all(others.map((other) => land(context, { response_mode: other })))
  const kept = [wanted, ...others.filter((other, index) => { const landing = landings[index]; return landing?.kind === 'back' && landing.mode === other })]
  const broken = others.filter((other) => listed?.includes(other) && !kept.includes(other))
  if (broken.length > 0) return { status: 'warn', found: `${broken.join(', ')} is in the metadata, and does not come`, evidence: [`asked for one by one, these come: ${kept.join(', ')}`], fix: `Nothing to do for this walk: ${wanted} comes as it should.`, sure: 'probable' }
  if (unlisted.length > 0) return { status: 'warn', found: `${wanted} comes, and is not in the metadata`, evidence: unlisted, fix: 'Ask whoever runs this server to list it: other clients go by the metadata.', sure: 'certain' }
  return { status: 'pass', found: kept.length === 1 ? wanted : `${wanted}; ${kept.slice(1).join(' and ')} would come too` }
}

const MODES = ['query', 'fragment', 'form_post'] as const
const MODE_FIXES: Readonly<Record<(typeof MODES)[number], string>> = {
  query: 'Leave out --param response_mode, or ask whoever runs this server why it is not heeded.',
  fragment: 'A fragment never leaves the browser, so the listener gets nothing. Look whether the client is registered for another response type than code.',
  form_post: 'authwalk … --param response_mode=form_post',
}
