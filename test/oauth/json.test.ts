import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isJsonObject, JsonError, MAX_JSON_DEPTH, readJson } from '../../src/oauth/json.ts'

const read = (text: string) => readJson(Buffer.from(text))
const problem = (bytes: Uint8Array) => {
  try {
    readJson(bytes)
    return undefined
  } catch (error) {
    if (error instanceof JsonError) return error.id
    throw error
  }
}

describe('reads what JSON.parse reads, and says more', () => {
  test.each<[string, string[]]>([
    ['{"a":1,"a":2}', ['a']],
    ['{"a":{"b":1,"b":1},"b":2}', ['b']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['[{"a":1},{"a":2}]', []],
    ['{"a":"{\\"a\\":1,\\"a\\":2}"}', []],
    ['{"x":[{"a":1}],"a":{"x":1}}', []],
  ])('%s has these names twice: %j', (text, duplicates) => {
    expect(read(text).duplicates).toEqual(duplicates)
  })

  test('a byte order mark is seen and read past', () => {
    expect(readJson(Buffer.from('\uFEFF{"a":1}'))).toMatchObject({ byteOrderMark: true, value: { a: 1 } })
  })

  test('long numbers keep their digits', () => {
    expect(read('{"sub":12345678901234567890,"deep":{"sub":1}}').numbers['sub']).toBe('12345678901234567890')
  })

  test('__proto__ is a member like any other', () => {
    const { value } = read('{"__proto__":{"polluted":true},"constructor":1}')
    expect(isJsonObject(value) && Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf({})).not.toHaveProperty('polluted')
  })

  test('any JSON value is read as JSON.parse reads it', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      expect(JSON.stringify(read(JSON.stringify(value)).value)).toBe(JSON.stringify(value))
    }))
  })
})

describe('refuses', () => {
  test.each<[string, Uint8Array, string]>([
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'json-utf8'],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le'), 'json-syntax'],
    ['nothing', Buffer.from(''), 'json-syntax'],
    ['something behind the value', Buffer.from('{} {}'), 'json-syntax'],
    ['NaN', Buffer.from('{"a":NaN}'), 'json-syntax'],
    ['one level too many', Buffer.from('['.repeat(MAX_JSON_DEPTH + 1) + ']'.repeat(MAX_JSON_DEPTH + 1)), 'json-depth'],
    ['a hundred thousand levels', Buffer.from('['.repeat(100_000)), 'json-depth'],
  ])('%s', (_, bytes, id) => {
    expect(problem(bytes)).toBe(id)
  })

  test('the deepest that is allowed is read', () => {
    expect(problem(Buffer.from('['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH)))).toBeUndefined()
  })

  test('a megabyte of escaped quotes, at once', () => {
    expect(problem(Buffer.from('"\\'.repeat(512 * 1024)))).toBe('json-syntax')
    expect(problem(Buffer.from('"'.repeat(1024 * 1024)))).toBe('json-syntax')
  })

  test('without quoting the text', () => {
    expect(() => read('{"access_token":"SECRETTOKEN"')).toThrow(expect.not.stringContaining('SECRET'))
  })

  test('any bytes: with an answer or one of three problems', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect([undefined, 'json-utf8', 'json-syntax', 'json-depth']).toContain(problem(bytes))
    }))
  })
})
