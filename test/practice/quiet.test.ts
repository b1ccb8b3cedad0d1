import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { bundled } from '../support/bundled.mjs'

describe('the practice provider', () => {
  test('prints nothing at all, and lets the process end', async () => {
    await using script = await bundled(new URL('everything.mjs', import.meta.url))
    const child = spawn(process.execPath, [script.path], { stdio: ['ignore', 'pipe', 'pipe'] })
    const [stdout, stderr, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    expect({ stdout, stderr, exit }).toEqual({ stdout: '', stderr: '', exit: 0 })
  })
})
