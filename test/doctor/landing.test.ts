import { describe, expect, test } from 'vitest'
import { errorIn } from '../../src/doctor/landing.ts'
import { examine } from './examine.ts'
import { mockServer, practice, type Rig } from '../diagnose/rig.ts'
import type { Settings } from '../../src/settings.ts'

/** Whatever an authorization endpoint answers, doctor comes to an end with a verdict. */
describe('answers of an authorization endpoint', () => {
  const answers = [
    ['a redirect to its own error page', { status: 302, body: '', location: 'https://as.example/error?error=redirect_mismatch' }, 'fail'],
    ['a redirect whose encoding is broken', { status: 302, body: '', location: 'https://as.example/error?a=%ff%zz' }, 'undecided'],
    ['a redirect to no URL', { status: 302, body: '', location: 'http://' }, 'undecided'],
    ['a redirect to a script', { status: 302, body: '', location: 'javascript:alert(1)' }, 'undecided'],
    ['nothing', { status: 200, body: '' }, 'undecided'],
    ['the same page for everybody', { status: 200, type: 'text/html', body: '<p>Log in <script>redirect_uri_mismatch</script></p>' }, 'undecided'],
    ['a page about the client', { status: 400, type: 'text/html', body: '<h1>We are sorry...</h1> Client not found.' }, 'undecided'],
  ] as const

  test.each(answers)('%s', async (_, reply, verdict) => {
    await using rig = await mockServer({ instead: path => (path === '/authorize' ? reply : undefined) })
    const { of } = await examine(rig.settings)
    expect(of('redirect-uri')?.status).toBe(verdict)
    expect(of('redirect-client')?.status).not.toBe('warn')
  })
})

test('metadata that is sent on to no URL ends with a verdict too', async () => {
  await using rig = await mockServer({ instead: path => (path.startsWith('/.well-known/') ? { status: 302, body: '', location: 'http://' } : undefined) })
  const { first } = await examine(rig.settings)
  expect(first).toMatchObject({ id: 'metadata-document', status: 'fail' })
})

describe('response modes', () => {
  const toFragment = (url: URL) => {
    url.hash = url.search.slice(1)
    url.search = ''
  }
  const listing = (...modes: string[]) => (document: Record<string, unknown>) => ({ ...document, response_modes_supported: modes })
  const asking = (mode: string) => [{ name: 'response_mode', value: mode }]

  test.each<[string, () => Promise<Rig>, Settings['parameters'], object | undefined]>([
    ['all that are promised come', () => practice(), [], { status: 'pass', found: 'query; fragment and form_post would come too' }],
    ['a form, where one is asked for', () => practice(), asking('form_post'), { status: 'pass', found: expect.stringMatching(/^form_post; /) }],
    ['one that is promised does not', () => mockServer({ metadata: listing('query', 'fragment') }), [], { status: 'warn', found: 'fragment is in the metadata, and does not come' }],
    ['the one in use is not promised', () => mockServer({ metadata: listing('form_post', 'jwt') }), [], { status: 'warn' }],
    ['another one comes', () => mockServer({ redirect: toFragment }), [], { status: 'fail', found: 'query was asked for, and fragment comes', exit: 4 }],
    ['one that this client does not know', () => mockServer(), asking('jwt'), undefined],
    ['a fragment beside the query', () => mockServer({ redirect: url => void (url.hash = '_=_') }), [], { status: 'pass', found: 'query' }],
  ])('%s', async (_, start, parameters, verdict) => {
    await using rig = await start()
    const { of } = await examine({ ...rig.settings, parameters })
    expect(of('request-response-mode')).toEqual(verdict && expect.objectContaining(verdict))
  })
})

test('an error is read from wherever it is', () => {
  expect(errorIn({ kind: 'back', mode: 'query', parameters: [{ name: 'error', value: 'a' }, { name: 'error_description', value: 'b' }] })).toEqual({ error: 'a', text: 'b' })
  expect(errorIn({ kind: 'page', status: 400, text: 'c' })).toEqual({ text: 'c' })
})
