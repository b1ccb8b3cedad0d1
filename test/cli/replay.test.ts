import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { redacted, shown } from '../render/reports/transcripts.ts'
import { CODE } from '../render/sample.ts'
import { run } from '../support/child.ts'
import { start } from '../support/pty.ts'
import { tempFolder } from '../support/temp.ts'

async function saved(transcript: unknown) {
  const folder = await tempFolder()
  const file = join(folder.path, 'walk.json')
  await writeFile(file, JSON.stringify(transcript))
  return { file, [Symbol.asyncDispose]: folder[Symbol.asyncDispose] }
}

describe('replay', () => {
  test('runs through where nobody can press a key, in plain text', async () => {
    await using walk = await saved(redacted)
    const { exit, stdout, stderr } = await run(['replay', walk.file])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(stdout).toMatch(/0\/7 +Preparation[^]*7\/7 +Tokens used[^]*Who saw what/)
    expect(stdout).not.toContain('\u001b')
  })

  test('shows in a pipe what a pipe may have, whatever was saved', async () => {
    await using walk = await saved(shown)
    expect((await run(['replay', walk.file])).stdout).not.toContain(CODE.slice(0, 6))
    expect((await run(['report', walk.file, '--format', 'json'])).stdout).not.toContain(CODE)
    expect((await run(['report', walk.file, '--format', 'json', '--show-secrets'])).stdout).toContain(CODE)
  })

  test('rests on a terminal until Enter', async () => {
    await using walk = await saved(redacted)
    await using session = start(['replay', walk.file])
    await session.waitFor(/Enter 1\/7/)
    expect(session.lines().some(({ text }) => text.includes('authorization request'))).toBe(false)
    session.press('\r')
    await session.waitFor(/Enter 2\/7/)
  })
})

describe('diff', () => {
  test('of a walk with itself, and never with its secrets', async () => {
    await using walk = await saved(shown)
    const { exit, stdout } = await run(['diff', walk.file, walk.file])
    expect(exit).toBe(0)
    expect(stdout).toContain('The two walks tell the same.')
    expect(stdout).not.toContain(CODE)
  })
})
