import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { html } from '../../../src/render/reports/html.ts'
import { mermaid } from '../../../src/render/reports/mermaid.ts'
import { svg } from '../../../src/render/reports/svg.ts'
import { describeWithChromium, launchChromium } from '../../support/chromium.ts'
import { failed, long, poisoned, redacted, shown, transcripts } from './transcripts.ts'

const require = createRequire(import.meta.url)
const source = (name: string) => readFileSync(require.resolve(name), 'utf8')
const ORIGIN = 'http://report.example'
const NASTY = `</style></script><script>alert(1)</script>"' onload="alert(1)"<img src="http://evil.example/x">&lt;\u0000\u202e\ud800\ufffe; end\n%%{init: {}}%%`

describe('the HTML report', () => {
  test('is one file with nothing that runs or loads', () => {
    const page = html.render(shown)
    expect(page).not.toMatch(/<script|<iframe|<object|<embed|<link(?! rel="icon" href="data:,")|@import|url\(|\son\w+=|\sstyle=/i)
    expect(page.match(/\s(?:src|href)="(?!#|data:,)[^"]*"/g)).toBeNull()
  })

  test.each(transcripts)('%s: each link leads somewhere, each name is given once', (_, transcript) => {
    const page = html.render(transcript)
    const ids = Array.from(page.matchAll(/\sid="([^"]*)"/g), ([, id]) => id)
    const targets = Array.from(page.matchAll(/\shref="#([^"]*)"/g), ([, id]) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    expect(targets.filter((id) => !ids.includes(id))).toEqual([])
  })

  test('says first what to fix, where something is', () => {
    expect(html.render(failed).indexOf('Look which client this token was issued to.')).toBeGreaterThan(0)
    expect(html.render(redacted)).not.toContain('What to fix first')
  })

  test('stays small', () => {
    expect(html.render(redacted).length).toBeLessThan(200_000)
  })

  test('grows with the walk and no faster', () => {
    const [one = 0, two = 0, four = 0] = [500, 1000, 2000].map((events) => html.render(long(events)).length)
    expect((four - two) / (two - one)).toBeCloseTo(2, 0)
  })
})

describeWithChromium('in a real browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())

  const looks = [
    { colorScheme: 'light', width: 390, transcript: redacted },
    { colorScheme: 'dark', width: 390, transcript: failed },
    { colorScheme: 'light', width: 1280, transcript: failed },
    { colorScheme: 'dark', width: 1920, transcript: redacted },
  ] as const

  test.each(looks)('no complaint, no request, no barrier: $colorScheme, $width px', async ({ colorScheme, width, transcript }) => {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true })
    const complaints = await open(page, html.render(transcript))
    await page.addScriptTag({ content: source('axe-core') })
    const violations: unknown = await page.evaluate("axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))")
    expect(violations).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('its policy lets its own style through and nothing else', async () => {
    const page = await browser.newPage({ colorScheme: 'light' })
    const complaints = await open(page, html.render(poisoned(shown, NASTY)))
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(246, 246, 243)')
    expect(await page.evaluate('document.querySelectorAll("script, img, iframe, [onload]").length')).toBe(0)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('the keyboard alone leads from the drawing to a message', async () => {
    const page = await browser.newPage()
    await open(page, html.render(redacted))
    await page.locator('svg.wide a', { hasText: /token request\s/ }).first().focus()
    await page.keyboard.press('Enter')
    expect(await page.locator(':target h4').textContent()).toBe('token request')
    await page.close()
  })

  test.each([['as it is', shown], ['poisoned', poisoned(shown, NASTY)]] as const)('the SVG is XML: %s', async (_, transcript) => {
    const page = await browser.newPage()
    const parse = `new DOMParser().parseFromString(${JSON.stringify(svg.render(transcript))}, 'image/svg+xml')`
    const problem: unknown = await page.evaluate(`${parse}.querySelector('parsererror')?.textContent ?? 'none'`)
    expect(problem).toBe('none')
    await page.close()
  })

  test('Mermaid draws each of them', async () => {
    const page = await browser.newPage()
    await page.addScriptTag({ content: source('@mermaid-js/tiny') })
    for (const [name, transcript] of [...transcripts, ['poisoned', poisoned(shown, NASTY)] as const]) {
      const diagram = mermaid.render(transcript)
      const drawn: unknown = await page.evaluate(`mermaid.render('walk', ${JSON.stringify(diagram)}).then(({ svg }) => {
        const parsed = new DOMParser().parseFromString(svg, 'text/html')
        const count = (selector) => parsed.querySelectorAll(selector).length
        return { messages: count('.messageText'), participants: count('rect.actor-top'), scripts: count('script, img') }
      })`)
      const messages = diagram.match(/^ {2}[BCAR]-/gm)?.length ?? 0
      expect({ name, drawn }).toEqual({ name, drawn: { messages, participants: 4, scripts: 0 } })
    }
    await page.close()
  })
})

/** Opens a page under an origin of its own, and collects what a browser complains about and what it asks for. */
async function open(page: Page, content: string): Promise<string[]> {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => complaints.push(message.text()))
  await page.route('**/*', async (route) => {
    const url = route.request().url()
    if (url === `${ORIGIN}/`) return await route.fulfill({ contentType: 'text/html; charset=utf-8', body: content })
    complaints.push(`asked for ${url}`)
    return await route.abort()
  })
  await page.goto(`${ORIGIN}/`)
  return complaints
}
