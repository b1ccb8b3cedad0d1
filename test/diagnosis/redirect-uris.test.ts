import { describe, expect, test } from 'vitest'
import { compareRedirectUris, variantsOf } from '../../src/diagnosis/redirect-uris.ts'
import { shownDifference } from '../../src/doctor/difference.ts'

const sent = 'http://127.0.0.1:8765/callback'

describe('two redirect URIs', () => {
  test.each([
    ['https://127.0.0.1:8765/callback', 'scheme', 4],
    ['http://localhost:8765/callback', 'loopback host', 7],
    ['http://[::1]:8765/callback', 'loopback host', 7],
    ['http://example.com:8765/callback', 'host', 7],
    ['http://127.0.0.1:8766/callback', 'port', 20],
    ['http://127.0.0.1/callback', 'port', 16],
    ['http://127.0.0.1:8765/callback/', 'slash', 30],
    ['http://127.0.0.1:8765/Callback', 'case', 22],
    ['HTTP://127.0.0.1:8765/callback', 'case', 0],
    ['http://127.0.0.1:8765/c%61llback', 'encoding', 23],
    ['http://127.0.0.1:8765/callback?a=b', 'query', 30],
    ['http://127.0.0.1:8765/cb', 'path', 23],
    ['no URL at all', 'path', 0],
  ] as const)('%s differs by %s', (registered, part, at) => {
    expect(compareRedirectUris(sent, registered)).toMatchObject({ part, at })
  })

  test('the same', () => {
    expect(compareRedirectUris(sent, sent)).toBeUndefined()
  })

  test('the mark is under the first character that differs', () => {
    const [first = '', second = '', mark = ''] = shownDifference(sent, 'http://127.0.0.1:8765/cb', ['sent', 'registered'])
    expect(first[mark.indexOf('^')]).toBe('a')
    expect(second[mark.indexOf('^')]).toBe('b')
    expect(shownDifference(sent, sent, ['a', 'b'])).toEqual([])
  })

  test('and stays so where both are too long for a line', () => {
    const path = `/${'long/'.repeat(20)}`
    const lines = shownDifference(`http://127.0.0.1:8765${path}one${path}`, `http://127.0.0.1:8765${path}two${path}`, ['sent', 'registered'])
    const [first = '', second = '', mark = ''] = lines
    expect(first[mark.indexOf('^')]).toBe('o')
    expect(second[mark.indexOf('^')]).toBe('t')
    expect(mark).toContain('^ character 123')
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(62)
  })
})

test('the other spellings that people register', () => {
  expect(variantsOf(sent)).toEqual(expect.arrayContaining([
    'http://localhost:8765/callback', 'http://[::1]:8765/callback', 'http://127.0.0.1:8765/callback/',
    'https://127.0.0.1:8765/callback', 'http://127.0.0.1/callback', 'http://localhost/callback',
  ]))
  expect(variantsOf(sent)).not.toContain(sent)
  expect(variantsOf('http://127.0.0.1:8765/callback/')).toContain(sent)
  expect(variantsOf('no URL')).toEqual([])
})
