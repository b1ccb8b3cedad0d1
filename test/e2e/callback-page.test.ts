import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { listen } from '../../src/io/listener.ts'
import { describeWithChromium, launchChromium } from '../support/chromium.ts'
import { freePort } from '../support/port.ts'
import { walkthrough } from '../practice/walkthrough.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pictures = join(tmpdir(), 'authwalk-screenshots')
const state = 'state-of-this-walk'
const sizes = [360, 1280, 1920]

describeWithChromium('the pages in a real browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launchChromium()
    await mkdir(pictures, { recursive: true })
  })
  afterAll(() => browser?.close())

  /** A page that is watched: what it complains about, and where else it goes. */
  async function watched(origins: readonly string[], javaScriptEnabled = true) {
    const context = await browser.newContext({ javaScriptEnabled })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      if (protocol !== 'data:' && !origins.includes(origin)) complaints.push(`a request to ${origin}`)
    })
    return { page, complaints }
  }

  async function callback(query: string, { javaScriptEnabled = true, asks = true } = {}) {
    const origin = `http://127.0.0.1:${await freePort()}`
    const listener = await listen({ redirectUri: `${origin}/callback`, state, wait: 30, signal: new AbortController().signal })
    onTestFinished(() => listener[Symbol.asyncDispose]())
    const { page, complaints } = await watched([origin], javaScriptEnabled)
    // A navigation that is answered with 204 leaves the page where it is.
    if (!asks) await page.route(/\?verdict$/, (route) => route.fulfill({ status: 204 }))
    await page.goto(`${origin}/callback?${query}&state=${state}`)
    return { listener, page, complaints }
  }

  describe('the page behind the redirection endpoint', () => {
    test.each([
      ['with script', true],
      ['without script', false],
    ])('%s: what came, and once the walk is complete, that', async (_how, script) => {
      const { listener, page, complaints } = await callback('code=canary-code', { javaScriptEnabled: script })
      await page.getByText('The authorization response is here').first().waitFor()
      expect(await page.content()).not.toMatch(/canary|state-of-this-walk/)
      await page.waitForRequest(/\?verdict$/)
      listener.conclude()
      await page.getByText('Every check that could stop it has passed').waitFor()
      expect(await page.content()).not.toMatch(/canary|state-of-this-walk/)
      expect(complaints).toEqual([])
    })

    test('a walk that ends early says so, even right after the page came', async () => {
      const { listener, page, complaints } = await callback('error=access_denied')
      await page.getByText('gave your browser an error').waitFor()
      await listener[Symbol.asyncDispose]()
      await page.getByText('The walk was stopped').first().waitFor()
      expect(complaints).toEqual([])
    })
  })

  test('every page is accessible and fits at 360, 1280 and 1920 px, light and dark', async () => {
    await using walk = await walkthrough()
    const own = new URL(walk.redirectUri).origin
    const { page, complaints } = await watched([new URL(walk.practice.issuer).origin, own])
    await page.goto(walk.url())
    await inspect(page, 'login')
    await page.getByLabel('Name').fill('alice')
    await page.getByLabel('Password').fill('wonderland')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByText('asks for:').waitFor()
    await inspect(page, 'consent')
    expect(complaints).toEqual([])
    const failed = await page.goto(walk.url({ client_id: 'nobody' }))
    expect(failed?.status()).toBe(400)
    await inspect(page, 'error')
    await page.goto(walk.practice.issuer)
    await inspect(page, 'nothing')
    await page.goto(`${walk.practice.issuer}/logout`)
    await inspect(page, 'logout')
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByText('Logged out').first().waitFor()
    await inspect(page, 'logged-out')
    // Nobody is logged in by then, so the library's form submits itself.
    await page.goto(`${walk.practice.issuer}/logout`)
    await page.waitForURL(/\/logout\/success/)
  })

  test('the form that carries the answer, as it stands without script', async () => {
    await using walk = await walkthrough()
    const { page, complaints } = await watched([new URL(walk.practice.issuer).origin, new URL(walk.redirectUri).origin], false)
    await page.goto(walk.url({ response_mode: 'form_post' }))
    await page.getByLabel('Name').fill('alice')
    await page.getByLabel('Password').fill('wonderland')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.getByText('Back to the client').first().waitFor()
    await page.screenshot({ path: join(pictures, 'form-post.png'), fullPage: true })
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('Received').waitFor()
    expect(complaints).toEqual([])
  })

  test.each([
    ['callback-code', 'code=C', undefined],
    ['callback-error', 'error=access_denied', undefined],
    ['callback-passed', 'code=C', 'passed'],
    ['callback-stopped', 'code=C', 'stopped'],
  ])('%s too', async (name, query, verdict) => {
    const { listener, page, complaints } = await callback(query, { asks: verdict !== undefined })
    if (verdict === 'passed') listener.conclude()
    if (verdict === 'stopped') await listener[Symbol.asyncDispose]()
    if (verdict !== undefined) await page.getByText(verdict === 'passed' ? 'The walk is complete' : 'The walk was stopped').first().waitFor()
    await inspect(page, name)
    expect(complaints).toEqual([])
  })
})

/** A page as it stands, at every size and in both looks. */
async function inspect(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of sizes) {
      await page.setViewportSize({ width, height: 800 })
      // A script element would be against the policy of the page, and shall be.
      await page.evaluate(axe)
      const violations = await page.evaluate(async () => {
        const { axe: tool } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } }
        return (await tool.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      })
      expect(violations, `${name}, ${colorScheme}, ${width} px`).toEqual([])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(wide, `${name} at ${width} px is wider than its window`).toBe(0)
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`), fullPage: true })
    }
  }
}
