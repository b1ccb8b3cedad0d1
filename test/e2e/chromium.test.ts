import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithChromium, launchChromium } from '../support/chromium.ts'
import { start } from '../support/child.ts'
import { freeRedirectUri } from '../support/port.ts'
import { authorizeUrl, expectEveryCheckPassed, readTranscript } from '../support/walk.ts'

const pictures = join(tmpdir(), 'authwalk-screenshots')
const looks = [
  { name: 'light', colorScheme: 'light', width: 1280, height: 800 },
  { name: 'dark', colorScheme: 'dark', width: 1280, height: 800 },
  { name: 'phone', colorScheme: 'light', width: 320, height: 640 },
] as const

describeWithChromium('the walk in a real browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launchChromium()
    await mkdir(pictures, { recursive: true })
  })
  afterAll(() => browser?.close())

  test.each(looks)('$name: log in, consent, received', async ({ name, colorScheme, width, height }) => {
    const redirectUri = await freeRedirectUri()
    await using child = start(['--practice', '--browser', 'none', '--json', '--redirect-uri', redirectUri])
    const [url = ''] = await child.stderr.waitFor(authorizeUrl)
    const page = await browser.newPage({ colorScheme, viewport: { width, height } })
    const complaints = listen(page)

    await page.goto(url)
    await look(page, `${name}-1-login`, /log in/i)
    await page.getByLabel(/name/i).fill('alice')
    await page.getByLabel(/password/i).fill('wonderland')
    await page.locator('form').first().locator('button').first().click()
    await look(page, `${name}-2-consent`, /walkthrough/)
    await page.locator('form').first().locator('button').first().click()
    await page.waitForURL(seen => seen.origin === new URL(redirectUri).origin)
    await look(page, `${name}-3-received`, /terminal/i)

    expect(page.url()).not.toContain('code=')
    expect(complaints).toEqual([])
    const { exit, stdout } = await child.ended
    expect(exit).toBe(0)
    expectEveryCheckPassed(readTranscript(stdout))
    await page.close()
  })

  test('the keyboard alone is enough', async () => {
    await using child = start(['--practice', '--browser', 'none', '--redirect-uri', await freeRedirectUri()])
    const [url = ''] = await child.stderr.waitFor(authorizeUrl)
    const page = await browser.newPage()
    await page.goto(url)
    await page.keyboard.type('bob')
    await page.keyboard.press('Tab')
    await page.keyboard.type('builder')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Allow' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText(/look at (?:the|your) terminal/i).waitFor()
    expect(await child.ended).toMatchObject({ exit: 0 })
    await page.close()
  })

  test('a page works without script', async () => {
    await using child = start(['--practice', '--browser', 'none', '--redirect-uri', await freeRedirectUri()])
    const [url = ''] = await child.stderr.waitFor(authorizeUrl)
    const page = await browser.newPage({ javaScriptEnabled: false })
    await page.goto(url)
    await page.locator('input[type=password]').fill('wonderland')
    await page.locator('input:not([type=password]):not([type=hidden])').first().fill('alice')
    await page.locator('button').first().click()
    await page.locator('button').first().click()
    await page.getByText(/look at (?:the|your) terminal/i).waitFor()
    expect(await child.ended).toMatchObject({ exit: 0 })
    await page.close()
  })
})

/** Everything that a browser complains about. */
function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('requestfailed', request => complaints.push(`${request.url()} failed`))
  return complaints
}

async function look(page: Page, name: string, says: RegExp): Promise<void> {
  await page.getByText(says).first().waitFor()
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
  const { wide, view } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    view: document.documentElement.clientWidth,
  }))
  expect(wide, `${name} is wider than its window`).toBeLessThanOrEqual(view)
}
