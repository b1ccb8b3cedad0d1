import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Transcript, WalkEvent } from '../../../src/events.ts'
import { reports } from '../../../src/render/reports/index.ts'
import { holds } from '../../hostile/canaries.ts'
import { ACCESS_TOKEN, CLIENT_SECRET, CODE, ID_TOKEN, NONCE, REFRESH_TOKEN, sample, STATE, VERIFIER } from '../sample.ts'
import { failed, poisoned, redact, redacted, shown, transcripts } from './transcripts.ts'

/** What is left of a report when everything is taken out that it may quote. */
const skeletons: Readonly<Record<string, (rendered: string) => unknown>> = {
  html: tags,
  svg: tags,
  mermaid: (rendered) => rendered.split('\n').map((line) => line.replace(/: .*/, ': ')),
  markdown: (rendered) => rendered
    .replaceAll('<!-- -->', '')
    .split('\n')
    .map((line) => line.replace(/`[^`]*`|<code>.*?<\/code>/g, '`').replace(/\\?[^|`<>*[\]]/g, '').replace(/^-.*/, '')),
  har: (rendered) => count(rendered, 'request'),
  curl: words,
  json: (rendered) => count(rendered, 'type'),
  text: () => undefined,
}

const nasty: readonly (readonly [name: string, poison: string])[] = [
  ['markup', `</text></svg></style></script><script>alert(1)</script><img src=x onerror=alert(1)>`],
  ['attributes', `" onload="alert(1)' onload='alert(1)`],
  ['entities', '&lt;&#60;&amp;&quot;&nbsp;]]>'],
  ['Markdown', '`` ` ``` | \\| \\ [link](http://evil.example) ![img](x) <b> **bold** @somebody #1\n\n# Heading\n---\n| a | b |'],
  ['Mermaid', '; end\n  participant X\n%%{init: {"securityLevel": "loose"}}%% #35; <br/> wrap: ::: {} ->> ""'],
  ['a shell', `'; echo pwned; '$(echo pwned)\`echo pwned\`\\' "\n echo pwned #`],
  ['control characters', '\u0000\u0007\u001b[31m\u001b]8;;http://evil.example\u0007\u009b\u007f\r\n\t'],
  ['directions', '\u202e\u2066txt.exe\u2069\u200f\u200b\ufeff\u00ad'],
  ['lone surrogates and noncharacters', '\ud800 \udfff \ufffe\uffff'],
  ['piled marks', `Z${'\u0301'.repeat(200)}`],
]

describe.each(reports.map((report) => [report.format, report] as const))('%s', (format, { extension, render }) => {
  const skeleton = skeletons[format]

  test('is complete', () => {
    expect(skeleton).toBeDefined()
    expect(extension).toMatch(/^[a-z]+$/)
    expect(reports.filter((other) => other.format === format)).toHaveLength(1)
  })

  test.each(transcripts)('renders a transcript that is %s, the same each time', (_, transcript) => {
    const rendered = render(transcript)
    expect(rendered).toMatch(/\n$|^$/)
    expect(render(structuredClone(transcript))).toBe(rendered)
  })

  test.each(nasty)('%s in every free text break nothing', (_, poison) => {
    const rendered = render(poisoned(shown, poison))
    expect(skeleton?.(rendered)).toEqual(skeleton?.(render(poisoned(shown, 'x'))))
    expect(rendered.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
  })

  test('neither does anything else', () => {
    const benign = skeleton?.(render(poisoned(shown, 'x')))
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }), (poison) => {
      expect(skeleton?.(render(poisoned(shown, `x${poison}x`)))).toEqual(benign)
    }), { numRuns: format === 'curl' ? 5 : 25 })
  })

  test('holds no secret, in any encoding', () => {
    const rendered = render(redacted)
    for (const canary of SECRETS) expect(holds(decoded(rendered), canary), canary).toBe(false)
  })

  test.each([
    ['the client secret, from the first message on', 0, [CLIENT_SECRET]],
    ['everything else that is secret, once it has been sent', TOKENS_CAME, SECRETS],
  ])('nor does it when a server writes %s into every text', (_, start, canaries) => {
    for (const canary of canaries) {
      const told = [...sample.slice(0, start), ...sample.slice(start).map((event) => written(event, canary))]
      expect(holds(decoded(render({ ...redacted, events: redact(told) })), canary), canary).toBe(false)
      expect(holds(decoded(render({ ...redacted, events: told })), canary), `${canary}, by a scan that finds it`).toBe(true)
    }
  })

  test('holds together where a claim is hostile and a megabyte long', () => {
    const huge = '"><script>alert(1)</script>`|\n\u001b[2J\u202e'.repeat(30_000)
    expect(skeleton?.(render(withClaim(huge)))).toEqual(skeleton?.(render(withClaim('x'.repeat(huge.length)))))
  })
})

const SECRETS = [CLIENT_SECRET, CODE, VERIFIER, ACCESS_TOKEN, REFRESH_TOKEN, ID_TOKEN, STATE, NONCE]
const TOKENS_CAME = 1 + sample.findIndex((event) => event.type === 'response' && event.name === 'token response')

/** A report as whoever looks at it reads it: some formats write characters as entities. */
function decoded(rendered: string): string {
  return rendered.replaceAll(/&?#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)))
}

/** The event with a value in every text that could come from outside: what it is called is our own word. */
function written(event: WalkEvent, value: string): WalkEvent {
  const told = poisoned(event, ` ${encoded(value).join(' ')} `)
  if ('name' in event) Object.assign(told, { name: event.name })
  return 'section' in event ? Object.assign(told, { section: event.section }) : told
}

/** As somebody might write it who wants it to get through. */
function encoded(value: string): string[] {
  const bytes = Buffer.from(value)
  const written = Array.from(value, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  const shifted = ['', 'x', 'xy'].map((before) => Buffer.from(before + value))
  return [
    value,
    encodeURIComponent(value),
    ...shifted.flatMap((text) => [text.toString('base64'), text.toString('base64url')]),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    written,
  ]
}

test.each(reports.filter(({ format }) => ['html', 'svg', 'mermaid', 'markdown'].includes(format)).map((report) => [report.format, report] as const))(
  '%s shortens what is a megabyte long',
  (_, { render }) => {
    const huge = render(withClaim('<&"|`'.repeat(200_000)))
    expect(huge.length - render(withClaim('x')).length).toBeLessThan(150_000)
  },
)

test.each(reports.filter(({ format }) => ['html', 'markdown', 'text'].includes(format)).map((report) => [report.format, report] as const))(
  '%s: what happened, what probably caused it and what speaks for that, what to try, in this order',
  (_, { render }) => {
    const plain = decoded(render(failed))
    const told = [
      'id-token-aud: expected walkthrough, got somebody-else',
      'The token was made for another client of this server.',
      'aud        somebody-else',
      '           ^',
      'The client_id is that of another registration.',
      'Look which client this token was issued to.',
    ]
    const from = plain.search(/What to fix first<\/h2>|## What to fix first|✗ id-token-aud/)
    const places = told.map((one) => plain.indexOf(one, from))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  },
)

function withClaim(value: string): Transcript {
  const events = shown.events.map((event) => {
    if (event.type === 'value' && event.decoded) return { ...event, decoded: { ...event.decoded, claims: { ...event.decoded.claims, name: value } } }
    if (event.type === 'response' && event.name === 'UserInfo response') return { ...event, body: JSON.stringify({ sub: 'a', name: value }) }
    return event
  })
  return { ...shown, events }
}

/** How many paragraphs and lines of a label a text has depends on the text. */
function tags(rendered: string): string[] {
  const all = rendered.replace(/="[^"]*"/g, '=""').match(/<[^>]*>/g) ?? []
  return all.filter((tag) => !/^<\/?(?:p|text)[ >]/.test(tag))
}

/** What a reader would have put in. */
const VARIABLES = { PATH: process.env['PATH'] ?? '', AUTHWALK_CLIENT_SECRET: 's', CODE: 'c', CODE_VERIFIER: 'v' }

/** How many words each command has for a real shell, and whatever else it would print. */
function words(rendered: string): string {
  return execFileSync('/bin/sh', ['-s'], { input: `curl() { n=0; for word; do [ "$word" = --globoff ] || n=$((n + 1)); done; printf '{"access_token":"%s"}\\n' "$n"; }\n${rendered}`, encoding: 'utf8', env: VARIABLES })
}

/** How many objects of a JSON text have a member of this name. */
function count(rendered: string, name: string): number {
  let found = 0
  JSON.parse(rendered, (member, value: unknown) => {
    if (member === name) found += 1
    return value
  })
  return found
}
