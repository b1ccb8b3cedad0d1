import { expect, test } from 'vitest'
import { noIssuer } from '../../src/cli/no-issuer.ts'

const EXAMPLE = 'authwalk https://accounts.example.com'
const SCHEME = 'Put https:// in front of it, or http:// for a server on this machine.'

test.each([
  ['docter', ['authwalk doctor']],
  ['practise', ['authwalk practice']],
  ['Google', ['authwalk --provider google']],
  ['x', ['authwalk --provider x']],
  ['accounts.example.com', [SCHEME]],
  ['sso.example.com:8443/realms/main', [SCHEME]],
  ['localhost:4455', [SCHEME]],
  ['https:/accounts.example', []],
  ['something else', []],
])('%s', (typed, first) => {
  expect(noIssuer(typed)).toMatchObject({ exit: 2, explanation: { happened: 'issuer takes a whole URL', tries: [...first, EXAMPLE] } })
})

test('what was typed is not repeated, and its length is nobody’s problem', () => {
  const secret = 'aB3$xY9-'.repeat(100_000)
  expect(JSON.stringify(noIssuer(secret).explanation)).not.toContain('aB3')
})
