import { expect, test } from 'vitest'
import { changed } from '../../src/cli/change.ts'
import type { Questions } from '../../src/cli/questions.ts'
import type { Plan } from '../../src/cli/settings.ts'

const plan: Plan = {
  client: { id: 'c', secret: 's' },
  warnings: [],
  machine: {},
  redirectUri: 'http://127.0.0.1:8765/callback',
  scope: 'openid',
  pkce: 'S256',
  parameters: [{ name: 'prompt', value: 'login' }, { name: 'audience', value: 'api' }],
  tokenParameters: [],
  clockSkew: 0,
}

/** Somebody who chooses this setting and types this. */
function person(choice: string, typed: string): Pick<Questions, 'select' | 'text' | 'masked'> {
  return {
    async select(_, choices) {
      const chosen = choices.find(({ value }) => value === choice)
      if (!chosen) throw new Error(`${choice} is not offered`)
      return chosen.value
    },
    async text(_, { check } = {}) {
      check?.(typed)
      return typed
    },
    masked: async () => typed,
  }
}

test.each([
  ['scope', 'openid email', { scope: 'openid email' }],
  ['prompt', 'none', { parameters: [{ name: 'audience', value: 'api' }, { name: 'prompt', value: 'none' }] }],
  ['prompt', '', { parameters: [{ name: 'audience', value: 'api' }] }],
  ['PKCE', 'none', { pkce: 'none' }],
  ['client authentication', 'client_secret_post', { client: { id: 'c', secret: 's', authMethod: 'client_secret_post' } }],
  ['client_id', 'd', { client: { id: 'd', secret: 's' } }],
  ['client_secret', 't', { client: { id: 'c', secret: 't' } }],
  ['redirect_uri', 'http://localhost:1/cb', { redirectUri: 'http://localhost:1/cb' }],
])('%s becomes %j, and nothing else changes', async (choice, typed, wanted) => {
  expect(await changed(plan, person(choice, typed))).toEqual({ ...plan, ...wanted })
})

test.each([['PKCE', 'S512'], ['redirect_uri', 'http://192.0.2.1/'], ['client_id', ' ']])('%s can not become %j', async (choice, typed) => {
  await expect(changed(plan, person(choice, typed))).rejects.toMatchObject({ exit: 2 })
})

test('whoever goes back changes nothing', async () => {
  expect(await changed(plan, person('back', ''))).toBeUndefined()
})
