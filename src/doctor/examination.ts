import { WalkError } from '../errors.ts'
import { type Context, type Need, type Probe, Unmet, type Verdict } from './probe.ts'

/** One line of the ledger. */
export interface Result extends Verdict, Pick<Probe, 'id' | 'family' | 'title'> {
  milliseconds: number
}

/** Runs all probes side by side, and yields their results in the order of the registry. */
export async function* examination(probes: readonly Probe[], context: Context): AsyncGenerator<Result, void, undefined> {
  const fitting = probes.filter(({ needs }) => needs.every((need) => isMet(need, context)))
  const running = fitting.map((probe) => ({ probe, began: performance.now(), verdict: verdictOf(probe, context) }))
  // They are awaited one by one, and a bug in a later one is not to end the program before its turn.
  for (const { verdict } of running) verdict.catch(() => {})
  for (const { probe: { id, family, title, section, exit }, began, verdict } of running) {
    const settled = await verdict
    if (!settled) continue
    const failed = settled.status === 'fail' ? { exit: settled.exit ?? exit } : {}
    // What is read or measured is certain, where the probe does not say otherwise.
    const sure = settled.status === 'undecided' ? {} : { sure: 'certain' as const }
    yield { ...(section === undefined ? {} : { section }), ...sure, ...settled, ...failed, id, family, title, milliseconds: Math.round(performance.now() - began) }
  }
}

/** The class of the first failure, or 0. */
export function exitOf(results: readonly Result[]): number {
  return results.find(({ status }) => status === 'fail')?.exit ?? 0
}

async function verdictOf(probe: Probe, context: Context): Promise<Verdict | undefined> {
  try {
    return await probe.run(context)
  } catch (error) {
    if (error instanceof Unmet) return { status: 'undecided', found: `${error.message}: see above` }
    if (!(error instanceof WalkError)) throw error
    const { happened, means, tries: [fix], read } = error.explanation
    return { status: 'fail', found: happened, evidence: [means], sure: 'certain', exit: error.exit, section: read.join(', '), ...(fix === undefined ? {} : { fix }) }
  }
}

function isMet(need: Need, { offline, settings: { server, scope } }: Context): boolean {
  const url = server.issuer ?? server.metadataUrl ?? server.endpoints.token ?? ''
  switch (need) {
    case 'network':
      return !offline
    case 'issuer':
      return server.issuer !== undefined
    case 'metadata':
      return server.issuer !== undefined || server.metadataUrl !== undefined || server.metadataDocument !== undefined
    case 'openid':
      return scope.split(' ').includes('openid')
    case 'https':
      return url.startsWith('https:')
  }
}
