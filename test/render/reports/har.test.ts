import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { har } from '../../../src/render/reports/har.ts'
import { poisoned, redacted, shown, transcripts } from './transcripts.ts'

const require = createRequire(import.meta.url)
const ajv = new Ajv({ strict: false, validateFormats: false })
const draft6: object = require('ajv/dist/refs/json-schema-draft-06.json')
const schemas: Readonly<Record<string, object>> = require('har-schema')
const validate = ajv.addMetaSchema(draft6).addSchema(Object.values(schemas)).getSchema('har.json#')

interface Entry {
  startedDateTime: string
  time: number
  request: { method: string; url: string; queryString: { name: string }[]; postData?: { text: string } }
  response: { status: number }
  comment: string
}

function entriesOf(rendered: string): Entry[] {
  const { log }: { log: { entries: Entry[] } } = JSON.parse(rendered)
  return log.entries
}

test.each([...transcripts, ['poisoned', poisoned(shown, '\u0000"<\ud800')] as const])('%s is HAR 1.2, by its schema', (_, transcript) => {
  const archive: unknown = JSON.parse(har.render(transcript))
  expect({ valid: validate?.(archive), errors: validate?.errors }).toEqual({ valid: true, errors: null })
})

test('a wait without end is no reason to fail', () => {
  const events = redacted.events.map((event) => (event.type === 'redirect' ? { ...event, at: 1e300 } : event))
  expect(entriesOf(har.render({ ...redacted, events })).at(-1)?.startedDateTime).toMatch(/^9999/)
})

test('the schema would notice', () => {
  expect(validate?.(JSON.parse(har.render(redacted).replaceAll('"startedDateTime"', '"started"')))).toBe(false)
})

test('both channels are in it, in their order', () => {
  const entries = entriesOf(har.render(redacted))
  expect(entries.map(({ request, response }) => `${request.method} ${new URL(request.url).pathname} ${response.status}`)).toEqual([
    'GET /.well-known/openid-configuration 200',
    'GET /jwks 200',
    'GET /notes 401',
    'GET /authorize 0',
    'GET /favicon.ico 0',
    'GET /callback 0',
    'GET /callback 0',
    'POST /token 200',
    'GET /notes 200',
    'GET /userinfo 200',
  ])
  const starts = entries.map(({ startedDateTime }) => Date.parse(startedDateTime))
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  expect(entries[5]?.comment).toContain('ignored')
  expect(new URLSearchParams(entries[7]?.request.postData?.text).get('grant_type')).toBe('authorization_code')
})
