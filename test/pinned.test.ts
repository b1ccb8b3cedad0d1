import { describe, expect, test } from 'vitest'
import { CheckFailed } from '../src/errors.ts'
import type { ServerMetadata } from '../src/oauth/metadata.ts'
import { pinned } from '../src/pinned.ts'
import { fakeWorld } from './support/fake-server.ts'

const metadata: ServerMetadata = {
  issuer: 'https://as.example',
  authorization_endpoint: 'https://login.example/authorize',
  token_endpoint: 'https://as.example/token',
  userinfo_endpoint: 'https://api.example:8443/me',
  authorization_response_iss_parameter_supported: true,
}

async function ask(url: string, resource?: string) {
  const world = fakeWorld()
  const send = pinned(world, metadata, resource).send({ method: 'POST', url, headers: [], parameters: [{ name: 'client_secret', value: 'S' }] })
  return { error: await send.then(() => undefined, (error: unknown) => error), requests: world.requests }
}

describe('S-19: the one door', () => {
  test.each(['https://as.example/token', 'https://as.example/other', 'https://api.example:8443/me', 'https://notes.example/'])('%s is confirmed', async (url) => {
    const { error, requests } = await ask(url, 'https://notes.example/all')
    expect(error).toBeUndefined()
    expect(requests).toHaveLength(1)
  })

  test.each([
    'https://as.example.evil.example/token', 'https://as.example:444/token', 'http://as.example/token', 'https://AS.example@evil.example/token',
    'https://api.example/me', 'https://notes.example/', 'http://127.0.0.1/token',
  ])('%s is not, and nothing goes there', async (url) => {
    const { error, requests } = await ask(url)
    expect(error).toBeInstanceOf(CheckFailed)
    expect(requests).toEqual([])
  })
})
