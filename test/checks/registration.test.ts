import { type RegistrationInput, registrationChecks } from '../../src/checks/registration.ts'
import type { JsonObject } from '../../src/events.ts'
import { proveTable, type Row } from './table.ts'

const NOW = 1_800_000_000
const URI = 'http://127.0.0.1:8765/callback'
const GOOD: JsonObject = { client_id: 'c', client_secret: 's', client_secret_expires_at: 0, redirect_uris: [URI], grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_basic' }

function row(says: string, expected: string[], changes: JsonObject, input: Partial<RegistrationInput> = {}): Row<RegistrationInput> {
  const members = Object.fromEntries(Object.entries({ ...GOOD, ...changes }).filter(([, value]) => value !== 'absent'))
  return [says, expected, { status: 201, members, redirectUri: URI, authMethod: 'client_secret_basic', now: NOW * 1000, ...input }]
}

proveTable('registration', registrationChecks, [
  row('the plain case', [], {}),
  row('nothing but what has to be there', [], { redirect_uris: 'absent', grant_types: 'absent', token_endpoint_auth_method: 'absent', client_secret_expires_at: 'absent' }),
  row('200', ['registration-status'], {}, { status: 200 }),
  ...[7, '', null, 'absent', [], {}].map((value) => row(`client_id ${JSON.stringify(value)}`, ['registration-client-id'], { client_id: value })),
  row('another redirect URI', ['registration-redirect-uris', 'registration-redirect-uris-extra'], { redirect_uris: [`${URI}/`, 'https://a/'] }),
  row('a further redirect URI', ['registration-redirect-uris-extra'], { redirect_uris: [URI, 'https://a/', 'https://b/'] }),
  row('no redirect URI', ['registration-redirect-uris'], { redirect_uris: [] }),
  row('redirect URIs as a text', ['registration-redirect-uris'], { redirect_uris: URI }),
  row('another method', ['registration-auth-method'], { token_endpoint_auth_method: 'client_secret_post' }),
  row('a method of no name', ['registration-auth-method', 'registration-auth-method-known'], { token_endpoint_auth_method: '' }),
  row('a method that is a number', ['registration-auth-method', 'registration-auth-method-known'], { token_endpoint_auth_method: 7 }),
  row('a method that is null', ['registration-auth-method'], { token_endpoint_auth_method: null }),
  row('a method of every object', ['registration-auth-method', 'registration-auth-method-known'], { token_endpoint_auth_method: 'constructor' }),
  row('no secret', ['registration-secret'], { client_secret: 'absent' }),
  row('a public client', [], { client_secret: 'absent', token_endpoint_auth_method: 'absent' }, { authMethod: 'none' }),
  row('a client that became public', ['registration-auth-method'], { client_secret: 'absent', token_endpoint_auth_method: 'none' }),
  row('a secret that has expired this second', ['registration-secret-expires'], { client_secret_expires_at: NOW }),
  row('a secret of one more second', [], { client_secret_expires_at: NOW + 1 }),
  row('an expiry that is a text', ['registration-secret-expires'], { client_secret_expires_at: '0' }),
  row('another grant', ['registration-grant'], { grant_types: ['implicit', 'refresh_token'] }),
  row('no grant', ['registration-grant'], { grant_types: [] }),
  row('grants as a text', ['registration-grant'], { grant_types: 'authorization_code' }),
])
