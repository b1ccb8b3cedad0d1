import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { AuthorizationServerError, Malformed, NetworkError, UsageError } from '../../src/errors.ts'
import { playBrowser } from '../../src/practice/browser.ts'
import { cookieJar } from '../../src/practice/cookies.ts'
import { firstForm } from '../../src/oauth/html-form.ts'
import { detailsOf, walkthrough } from './walkthrough.ts'

const user = { name: 'alice', password: 'wonderland' }

describe('the built-in browser', () => {
  test('shows every hop, from the login page to the client’s page', async () => {
    await using walk = await walkthrough()
    await walk.browse(walk.url())
    const hops = walk.observed.filter(({ by }) => by === 'browser')
    expect(hops.map(({ step }) => step)).toEqual([2, 2, 2, 2, 2, 2, 3, 4])
    expect(hops[1]?.saw).toBe('Shown “Log in”: fills the form and presses “Log in”.')
    expect(detailsOf(hops[2])).toMatchObject({ username: 'alice', password: 'wonderland', status: '303' })
    expect(detailsOf(hops[6])).toMatchObject({ Location: walk.redirectUri, code: walk.arrived[0]?.get('code') })
    expect(detailsOf(hops[7])).toMatchObject({ GET: walk.redirectUri, code: walk.arrived[0]?.get('code'), status: '200' })
  })

  test('tells names of cookies and never their values', async () => {
    await using walk = await walkthrough()
    await walk.browse(walk.url())
    const details = walk.observed.flatMap(({ details: all }) => all)
    const set = details.filter(({ name }) => name === 'cookies set').map(({ value }) => value).join()
    expect(set).toContain('practice_session')
    expect(set).not.toContain('=')
    expect(details.map(({ name }) => name.toLowerCase())).not.toContain('set-cookie')
  })

  test('delivers a response that comes as a form', async () => {
    await using walk = await walkthrough()
    await walk.browse(walk.url({ response_mode: 'form_post' }))
    expect(walk.observed.filter(({ by }) => by === 'browser').at(-1)).toMatchObject({ step: 4 })
    expect(detailsOf(walk.observed.at(-1))).toMatchObject({ POST: walk.redirectUri, code: expect.any(String) })
  })

  test('a page that leads nowhere ends it', async () => {
    await using walk = await walkthrough()
    const browsing = walk.browse(walk.url({ redirect_uri: 'http://127.0.0.1:1/other' }))
    await expect(browsing).rejects.toBeInstanceOf(AuthorizationServerError)
    await expect(browsing).rejects.toThrow('This request can’t go on')
  })

  test('a password that nobody takes ends it', async () => {
    await using walk = await walkthrough()
    await expect(walk.browse(walk.url(), { name: 'alice', password: 'guess' })).rejects.toBeInstanceOf(Malformed)
    expect(walk.arrived).toEqual([])
  })

  test.each(['https://login.example/authorize', 'http://192.168.1.1/', 'http://127.0.0.1.example/', 'file:///etc/passwd', 'nonsense'])(
    'never goes to %s',
    async url => {
      await expect(play(url)).rejects.toBeInstanceOf(UsageError)
    },
  )

  test('nor is it led there', async () => {
    await using server = await serving((_request, response) => response.writeHead(302, { location: 'http://192.168.1.1/' }).end())
    await expect(play(server.url)).rejects.toBeInstanceOf(UsageError)
  })

  test('gives up on a circle', async () => {
    let asked = 0
    await using server = await serving((_request, response) => {
      asked += 1
      response.writeHead(302, { location: '/' }).end()
    })
    await expect(play(server.url)).rejects.toBeInstanceOf(Malformed)
    expect(asked).toBe(20)
  })

  test('says when nobody answers', async () => {
    const { url, [Symbol.asyncDispose]: stop } = await serving(() => {})
    await stop()
    await expect(play(url)).rejects.toBeInstanceOf(NetworkError)
  })

  test('stops when the walk is cancelled', async () => {
    await using server = await serving(() => {})
    const controller = new AbortController()
    const browsing = play(server.url, controller.signal)
    controller.abort(new Error('cancelled'))
    await expect(browsing).rejects.toThrow('cancelled')
  })

  test('is content when the client has gone as soon as it had its answer', async () => {
    await using server = await serving((_request, response) => response.writeHead(303, { location: 'http://127.0.0.1:1/' }).end())
    const url = `${server.url}callback?redirect_uri=${encodeURIComponent(`${server.url}callback`)}`
    await expect(play(url)).resolves.toBeUndefined()
  })
})

describe('cookies', () => {
  const at = (path: string) => new URL(`http://127.0.0.1:1${path}`)

  test('go back to their path, on every port, and not to another host', () => {
    const jar = cookieJar()
    jar.store(at('/login'), ['a=1; path=/', 'b=2; Path=/login; HttpOnly'])
    expect(jar.header(at('/login/now'))).toBe('a=1; b=2')
    expect(jar.header(at('/logins'))).toBe('a=1')
    expect(jar.header(new URL('http://127.0.0.1:2/'))).toBe('a=1')
    expect(jar.header(new URL('http://localhost:1/'))).toBe('')
  })

  test('are replaced, and taken back', () => {
    const jar = cookieJar()
    jar.store(at('/'), ['a=1; path=/'])
    expect(jar.store(at('/'), ['a=2=3; path=/'])).toEqual(['a'])
    expect(jar.header(at('/'))).toBe('a=2=3')
    expect(jar.store(at('/'), ['a=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT'])).toEqual(['a taken back'])
    expect(jar.header(at('/'))).toBe('')
  })
})

describe('forms', () => {
  test('the first form and its first button count', () => {
    const html = `<form method="post" action="/a?b=1&amp;c=2"><input type="hidden" name="x" value="&quot;1&quot;"><input name="y">
      <button name="answer" value="yes">Go</button><button name="answer" value="no">Stop</button></form><form></form>`
    expect(firstForm(html)).toEqual({
      action: '/a?b=1&c=2',
      method: 'POST',
      fields: [{ name: 'x', value: '"1"', type: 'hidden' }, { name: 'y', value: '', type: 'text' }],
      button: { label: 'Go', name: 'answer', value: 'yes' },
    })
    expect(firstForm('<p>no form</p>')).toBeUndefined()
  })
})

function play(url: string, signal = AbortSignal.timeout(20_000)): Promise<void> {
  return playBrowser({ url, user, observe: () => {}, signal })
}

async function serving(listener: RequestListener): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
