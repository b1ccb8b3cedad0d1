import { expect, test } from 'vitest'
import { createCanaries, holds } from './canaries.ts'

const { secret } = createCanaries()
const { secret: another } = createCanaries()
const bytes = Buffer.from(secret)

test.each([
  ['raw', secret],
  ['percent-encoded', encodeURIComponent(secret)],
  ['form-encoded', new URLSearchParams([['s', secret]]).toString()],
  ['inside JSON', JSON.stringify({ secret })],
  ['base64', bytes.toString('base64')],
  ['base64 of a pair', Buffer.from(`client:${secret}`).toString('base64')],
  ['base64 at the third alignment', Buffer.from(`id:${secret}`).toString('base64')],
  ['base64url', Buffer.from(`x${secret}`).toString('base64url')],
  ['hex', bytes.toString('hex')],
  ['upper-case hex', bytes.toString('hex').toUpperCase()],
  ['backwards', Array.from(secret).toReversed().join('')],
])('a canary is found: %s', (_, text) => {
  expect(holds(`before${text}after`, secret)).toBe(true)
  expect(holds(`before${text}after`, another)).toBe(false)
})
