import { expect, test } from 'vitest'
import { contentTypeOf, encodeBody, FORM } from '../../src/oauth/body.ts'

const json = [{ name: 'Content-Type', value: 'application/json' }]
const parameters = (...pairs: [string, string][]) => pairs.map(([name, value]) => ({ name, value }))

test('a POST is a form unless a header says otherwise', () => {
  expect(contentTypeOf([{ name: 'accept', value: 'text/html' }])).toBe(FORM)
  expect(encodeBody([], parameters(['b', 'two words & +'], ['a', 'é'], ['b', '']))).toBe('b=two+words+%26+%2B&a=%C3%A9&b=')
})

test('as JSON each parameter is a member, and one that comes twice a list', () => {
  expect(encodeBody(json, parameters(['code', '["not a list"]'], ['resource', 'a'], ['resource', 'b'], ['__proto__', 'x']))).toBe('{"code":"[\\"not a list\\"]","resource":["a","b"],"__proto__":"x"}')
})

test('client metadata that is a list is one even with one item', () => {
  expect(encodeBody(json, parameters(['redirect_uris', 'http://127.0.0.1/'], ['client_name', 'authwalk']))).toBe('{"redirect_uris":["http://127.0.0.1/"],"client_name":"authwalk"}')
})
