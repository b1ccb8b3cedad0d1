import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { describe } from 'vitest'

const required = process.env['AUTHWALK_REQUIRE_BROWSER'] === '1'
const names = ['chromium', 'chromium-browser', 'google-chrome']
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Where Chromium is: CHROMIUM_PATH, or the first of its names on PATH. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM_PATH: named, PATH: path = '' } = env
  if (named) return named
  const places = path.split(delimiter).filter(Boolean)
  return names.flatMap(name => places.map(place => join(place, name))).find(isExecutable)
}

/** `describe` for what needs Chromium: left out where there is none, a failure where it is required. */
export const describeWithChromium = required || findChromium() ? describe : describe.skip

/** @throws Error when there is no Chromium */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('AUTHWALK_REQUIRE_BROWSER=1, and no Chromium: install it or set CHROMIUM_PATH')
  return await chromium.launch({ executablePath, args: flags })
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
