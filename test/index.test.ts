import { expect, test } from 'vitest'
import { authorizationCodeFlow, checks } from '../src/index.ts'
import { fakeWorld, settings } from './support/fake-server.ts'

test('the flow can be used without the terminal', async () => {
  const seen = new Map<string, string>()
  for await (const event of authorizationCodeFlow(settings, fakeWorld())) {
    if (event.type === 'check') seen.set(event.id, event.status)
  }
  expect(seen.get('id-token-sig')).toBe('pass')
  const known = checks.map(({ id }) => id)
  expect([...seen.keys()].filter((id) => !known.includes(id))).toEqual([])
  expect(seen.size).toBeGreaterThan(known.length / 2)
})
