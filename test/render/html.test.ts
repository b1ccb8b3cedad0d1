import { expect, test } from 'vitest'
import { escapeHtml } from '../../src/render/html.ts'

test.each([
  ['<b>', '&lt;b&gt;'],
  ['a && b', 'a &amp;&amp; b'],
  ['" onload="x\'', '&quot; onload=&quot;x&#39;'],
  ['&lt;', '&amp;lt;'],
  ['`é/=', '`é/='],
])('%s', (text, safe) => {
  expect(escapeHtml(text)).toBe(safe)
})
