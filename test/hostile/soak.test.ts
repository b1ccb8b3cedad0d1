import { expect, test } from 'vitest'
import { type Holdings, soak } from './soak.ts'

/** Twenty in the tests, five hundred in `npm run soak`. */
const WALKS = Number(process.env['AUTHWALK_SOAK'] ?? 20)

test('Z-24: one walk after the other leaves no socket, server, timer, child, descriptor or file', async () => {
  const { exits, before, after } = await soak(WALKS)
  if (process.env['AUTHWALK_SOAK']) process.stdout.write(table(before, after))
  expect(exits).toEqual(Array.from({ length: WALKS }, () => 0))
  expect(grown(before, after)).toEqual([])
}, Math.max(60_000, WALKS * 3_000))

function grown(before: Holdings, after: Holdings): string[] {
  return Object.entries(after).flatMap(([name, count]) => {
    const had = Object.entries(before).find(([one]) => one === name)?.[1] ?? 0
    return count > had ? [`${name}: ${had} before, ${count} after`] : []
  })
}

function table(before: Holdings, after: Holdings): string {
  const rows = Object.entries(before).map(([name, had]) => `${name.padEnd(14)}${String(had).padStart(8)}${String(Object.entries(after).find(([one]) => one === name)?.[1]).padStart(8)}\n`)
  return `\n${WALKS} walks${'before'.padStart(14)}${'after'.padStart(8)}\n${rows.join('')}`
}
