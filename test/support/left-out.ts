import { findChromium } from './chromium.ts'

/** Says at the end, in one line, what was not tested. */
export function teardown(): void {
  if (findChromium()) return
  process.stdout.write('\nLeft out: the walks in a real browser (no Chromium on PATH or in CHROMIUM_PATH).\n')
}
