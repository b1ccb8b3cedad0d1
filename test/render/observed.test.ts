import { expect, test } from 'vitest'
import { ascii, draw, narrow } from './draw.ts'
import { CODE, observed } from './sample.ts'

const typed = { username: 'alice', password: '[password]' }
const first = observed(2, 'The password is right: this browser has a session here from now on.', typed)
const second = observed(3, 'A code is issued.', { code: CODE })

test('the other side speaks behind a bar, and is named once', () => {
  expect(draw([first, second], narrow)).toMatchInlineSnapshot(`
    "
     ┃ authorization server saw
     ┃ The password is right: this browser has a session here
     ┃ from now on.
     ┃   username  alice
     ┃   password  [password]
     ┃
     ┃ A code is issued.
     ┃   code  SplxlO…Only
    "
  `)
})

test('in ASCII', () => {
  expect(draw(second, ascii)).toMatchInlineSnapshot(`
    "
     | authorization server saw
     | A code is issued.
     |   code  SplxlO...Only
    "
  `)
})
