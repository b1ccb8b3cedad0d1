import { describe, expect, test } from 'vitest'
import { escapeHtml } from '../../src/render/html.ts'
import { page, pageHeaders } from '../../src/render/page.ts'
import { visitor, walkthrough } from './walkthrough.ts'

const hostile = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`

describe('pages of the practice provider', () => {
  test('the login page prefills login_hint and lets nothing of it become markup', async () => {
    await using walk = await walkthrough()
    const html = await (await visitor()(walk.url({ login_hint: hostile }))).text()
    expect(html).toContain(`value="${escapeHtml(hostile)}"`)
    expect(html).not.toContain('<script')
    expect(html).not.toContain('<img')
  })

  test('an error page lets nothing of the request become markup', async () => {
    await using walk = await walkthrough()
    const response = await fetch(walk.url({ client_id: hostile, redirect_uri: hostile, scope: hostile }))
    const html = await response.text()
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(html).not.toContain('<script')
    expect(html).not.toContain('<img')
  })

  test('the login page may send its form on to the client, and load and run nothing', async () => {
    await using walk = await walkthrough()
    const response = await visitor()(walk.url())
    const { headers } = response
    const html = await response.text()
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`form-action 'self' ${new URL(walk.redirectUri).origin};`)
    expect(policy).not.toContain('script-src')
    const [, nonce] = /style-src 'nonce-([\w-]+)'/.exec(policy) ?? []
    expect(html).toContain(`<style nonce="${nonce}">`)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('say which step this is, who speaks, and who lives here', async () => {
    await using walk = await walkthrough()
    const html = await (await visitor()(walk.url())).text()
    expect(html).toContain('<strong>Step 2 of 7</strong> · the authorization server speaks')
    for (const word of ['alice', 'wonderland', 'bob', 'builder']) expect(html).toContain(word)
  })

  test('the consent page says what each scope gives, and nothing that was not asked for', async () => {
    await using walk = await walkthrough()
    const go = visitor()
    const { url } = await go(walk.url({ scope: 'openid email' }))
    const html = await (await go(url, { username: 'alice', password: 'wonderland' })).text()
    expect(html).toContain('alice@example.com')
    expect(html).not.toContain('Liddell')
    expect(html).toContain(walk.redirectUri)
  })

  test('a page that belongs to no request any more says so', async () => {
    await using walk = await walkthrough()
    const response = await fetch(`${walk.practice.issuer}/interaction/an-old-one`)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('This page is over')
  })
})

describe('what the library writes by itself has the same look', () => {
  const html = { headers: { accept: 'text/html' } }

  test('an address that means nothing', async () => {
    await using walk = await walkthrough()
    for (const path of ['/', '/nobody', '/token']) {
      const response = await fetch(walk.practice.issuer + path, html)
      expect(response.status).toBe(404)
      expect(await response.text()).toContain('the authorization server speaks')
    }
    expect(await (await fetch(`${walk.practice.issuer}/nobody`, { headers: { accept: 'application/json' } })).text()).not.toContain('<')
  })

  test('the form of form_post, which the built-in browser carries too', async () => {
    await using walk = await walkthrough()
    const url = walk.url({ response_mode: 'form_post' })
    const go = visitor()
    const login = await go(url)
    const consent = await go(login.url, { username: 'alice', password: 'wonderland' })
    const carried = await go(consent.url, { answer: 'yes' })
    const page = await carried.text()
    expect(page).toContain('Back to the client')
    expect(page).toMatch(/<form method="post" action="[^"]*\/callback">[^]*name="code"[^]*<button autofocus>Continue/)
    expect(page).not.toContain('noscript')
    const policy = carried.headers.get('content-security-policy') ?? ''
    const [, nonce] = /script-src 'nonce-([\w-]+)'/.exec(policy) ?? []
    expect(page).toContain(`<script nonce="${nonce}">document.forms[0].submit()</script>`)
    expect(policy).toContain(`form-action 'self' ${new URL(walk.redirectUri).origin};`)
  })

  test('logging out where nobody is logged in', async () => {
    await using walk = await walkthrough()
    const response = await fetch(`${walk.practice.issuer}/logout`, html)
    expect(await response.text()).toMatch(/Logging out[^]*<form method="post" action="[^"]*\/logout\/confirm">/)
  })
})

describe('the family of pages', () => {
  const shown = page({ title: '<A & B>', step: 4, speaker: 'client', body: '<p>own</p>', nonce: 'n' })

  test('escapes the title and keeps the body', () => {
    expect(shown).toContain('<title>&lt;A &amp; B&gt;</title>')
    expect(shown).toContain('<h1>&lt;A &amp; B&gt;</h1>')
    expect(shown).toContain('<p>own</p>')
  })

  test('marks one step as the current one, and those before it as done', () => {
    expect(shown.match(/aria-current="step">(\d)/)?.[1]).toBe('4')
    expect(shown.match(/class="done"/g)).toHaveLength(3)
  })

  test('needs no script, and nothing from anywhere', () => {
    expect(shown).not.toMatch(/<script|@import|url\((?!#)|https?:/)
    expect(pageHeaders('n')['content-security-policy']).toContain("form-action 'none'")
  })
})
