import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/render/layout.ts'
import { arrowsOn, practiceArrows } from '../support/lanes.ts'
import { draw, narrow, pick, plain } from './draw.ts'
import { ISSUER, request, sample } from './sample.ts'

const story = sample.filter(({ type }) => !['check', 'value', 'observed'].includes(type))

function rows(text: string): string[] {
  return text.split('\n').filter((line) => /[│|].*[▶◀<>]/.test(line))
}

describe('the sequence diagram that grows', () => {
  const widths = Array.from({ length: 82 }, (_, index) => index + 40)
  const wide = widths.filter((width) => width >= 60)

  test.each([true, false])('unicode: %s; names and arrows have one place at every width', (unicode) => {
    for (const width of wide) expect(arrowsOn(draw(story, { width, unicode, colour: false }).split('\n')), `${width}`).toEqual(practiceArrows)
  })

  test('fits at every width', () => {
    const long = request('a name that is much longer than any arrow '.repeat(9), 'authorization server', `${ISSUER}/token`)
    for (const width of widths) {
      const drawn = rows(draw([...story, long, { ...long, to: 'browser' }, { ...long, to: 'client' }], { width, unicode: true, colour: false }))
      expect(drawn.filter((line) => displayWidth(line) >= width), `${width}`).toEqual([])
    }
  })

  test('a narrow terminal has the arrows without the lanes', () => {
    const drawn = draw(pick(sample, 'navigate'), { ...plain, width: 40 }).split('\n')
    expect(drawn[1]).toBe(' ∿∿▶ authorization request')
    const answer = draw(pick(sample, 'response', 'token response'), { ...plain, width: 40 }).split('\n')
    expect(answer[1]).toBe(' ◀━━ token response')
  })

  test('a name without room for it loses what the arrow says anyway', () => {
    const drawn = draw(request('introspection request', 'authorization server', `${ISSUER}/introspect`), narrow)
    expect(rows(drawn)).toEqual(['    │          │━━━ introspection ━━━▶│               │'])
  })

  test('any two parties, at every width: an arrow that has no room between two names goes below them', () => {
    const parties = ['browser', 'client', 'authorization server', 'resource'] as const
    const step = pick(sample, 'step')
    for (const width of widths) {
      for (const from of parties) {
        for (const to of parties) {
          if (from === to) continue
          const drawn = draw({ ...step, step: 3, channel: 'back', from, to }, { width, unicode: true, colour: false }).split('\n')
          expect(drawn.some((one) => /━[▶◀]|[▶◀]━/.test(one)), `${width}: ${from} to ${to}`).toBe(true)
          expect(drawn.filter((one) => displayWidth(one) > width), `${width}: ${from} to ${to}`).toEqual([])
        }
      }
    }
  })

  test('a name from outside is made harmless', () => {
    const drawn = draw(request('\x1b[2J\u202e', 'authorization server', `${ISSUER}/token`))
    expect(rows(drawn)).toEqual([expect.stringContaining(' \\x1b[2J\\u{202e} ')])
  })
})
