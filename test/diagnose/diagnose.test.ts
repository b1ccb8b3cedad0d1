import { afterAll, describe, expect, test } from 'vitest'
import type { Result } from '../../src/doctor/examination.ts'
import { examine } from '../doctor/examine.ts'
import { type Seed, seeds } from './seeds.ts'

const all = process.env['AUTHWALK_DIAGNOSE'] === 'all'
const chosen = all ? seeds : seeds.filter((_, index) => index % 5 === 0)
const hits: boolean[] = []
/** Named with certainty, and not the cause. */
const misleading: string[] = []

describe('seeded misconfigurations', () => {
  test.each(chosen.map(seed => [`${seed.on}: ${seed.name}`, seed] as const))('%s', async (name, seed) => {
    const first = await diagnosisOf(seed)
    const hit = first?.id === seed.cause && seed.says.test(first.found)
    hits.push(hit)
    if (!hit && first?.sure === 'certain') misleading.push(`${name}: ${first.found}`)
    expect({ cause: first?.id, found: first?.found }).toEqual({ cause: seed.cause, found: expect.stringMatching(seed.says) })
  })

  test('there are at least 60, on three servers', () => {
    expect(seeds.length).toBeGreaterThanOrEqual(60)
    expect(new Set(seeds.map(({ on }) => on)).size).toBe(3)
    expect(new Set(seeds.map(({ name }) => name)).size).toBe(seeds.length)
  })

  test('no wrong cause was named with certainty', () => {
    expect(misleading).toEqual([])
  })
})

afterAll(() => {
  if (!all) return
  const right = hits.filter(Boolean).length
  process.stdout.write(`\n${hits.length} misconfigurations, ${right} with the true cause first: ${Math.round((100 * right) / hits.length)} %\n`)
})

async function diagnosisOf({ start, change = settings => settings, options }: Seed): Promise<Result | undefined> {
  await using rig = await start()
  return (await examine(await change(rig.settings, rig), options)).first
}
