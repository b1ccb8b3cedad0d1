import { describe, expect, test, vi } from 'vitest'
import { createOutside } from '../../src/io/outside.ts'
import { freeRedirectUri, isFree } from '../support/port.ts'

function create(signal = new AbortController().signal) {
  const browser = vi.fn<(url: string) => Promise<void>>().mockResolvedValue()
  return { browser, outside: createOutside({ signal, timeout: 5, wait: 5, browser }) }
}

describe('the outside', () => {
  test('closes what was left open', async () => {
    const { outside } = create()
    const redirectUri = await freeRedirectUri()
    await outside.listen(redirectUri, 'state')
    await outside[Symbol.asyncDispose]()
    expect(await isFree(Number(new URL(redirectUri).port))).toBe(true)
  })

  test('its random values are long enough, and never the same', () => {
    const { outside } = create()
    const values = new Set(Array.from({ length: 1000 }, () => outside.random(32)))
    expect(values.size).toBe(1000)
    for (const value of values) expect(value).toMatch(/^[\w-]{43}$/)
  })

  test('A-02: they are not made by Math.random', () => {
    const weak = vi.spyOn(Math, 'random').mockImplementation(() => {
      throw new Error('weak')
    })
    expect(create().outside.random(32)).toHaveLength(43)
    weak.mockRestore()
  })

  test('one signal ends all of it', async () => {
    const end = new AbortController()
    const { outside } = create(end.signal)
    await using listener = await outside.listen(await freeRedirectUri(), 'state')
    const arrival = listener.next()
    end.abort(new Error('SIGTERM'))
    await expect(arrival).rejects.toThrow('SIGTERM')
    await expect(outside.send({ method: 'GET', url: 'http://127.0.0.1:1/', headers: [], parameters: [] })).rejects.toThrow('SIGTERM')
  })

  test('shows a URL with the browser that it was given', async () => {
    const { outside, browser } = create()
    await outside.openBrowser('https://as.example.com/')
    expect(browser).toHaveBeenCalledExactlyOnceWith('https://as.example.com/')
  })
})
