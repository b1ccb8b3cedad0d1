import { describe, expect, test } from 'vitest'
import { drawFinding, drawSummary, type Finding } from '../../src/render/doctor.ts'
import { displayWidth } from '../../src/render/layout.ts'
import { penOf } from '../../src/render/pen.ts'

const penAt = (width: number) => penOf({ width, unicode: true, colour: false })
const finding: Finding = {
  id: 'redirect-uri',
  family: 'Redirect URI',
  title: 'the server knows redirect_uri',
  status: 'fail',
  found: 'another spelling is registered: one ends with a slash',
  evidence: ['sent        http://127.0.0.1:8797/callback/', 'registered  http://127.0.0.1:8797/callback', `${' '.repeat(42)}^ character 31`],
  fix: 'authwalk … --redirect-uri http://127.0.0.1:8797/callback',
  sure: 'certain',
  section: 'RFC 6749 3.1.2.4',
}

describe('the ledger of doctor', () => {
  test('a failure opens up, at 80 columns', () => {
    expect(drawFinding(finding, undefined, penAt(80))).toMatchInlineSnapshot(`
      "
       Redirect URI
         ✗ not so: the server knows redirect_uri                     RFC 6749 3.1.2.4
           found     another spelling is registered: one ends with a slash
           evidence  sent        http://127.0.0.1:8797/callback/
                     registered  http://127.0.0.1:8797/callback
                                                               ^ character 31
           try       authwalk … --redirect-uri http://127.0.0.1:8797/callback
           rule      redirect-uri, certain
      "
    `)
  })

  test('what is left open by something else takes one line', () => {
    const open: Finding = { ...finding, status: 'undecided', found: 'the answer does not come back: see above', evidence: [] }
    delete open.fix
    expect(drawFinding(open, 'Redirect URI', penAt(80)).trimEnd().split('\n')).toHaveLength(1)
    expect(drawFinding({ ...open, fix: 'A walk decides.' }, 'Redirect URI', penAt(80))).toContain('A walk decides.')
  })

  test('the end says where to begin, and by which rule', () => {
    expect(drawSummary([finding], 3, penAt(80))).toMatchInlineSnapshot(`
      "
       0 passed, 1 failed

       Begin with: another spelling is registered: one ends with a slash
       Rule   not so: the server knows redirect_uri
       Try    authwalk … --redirect-uri http://127.0.0.1:8797/callback
       Read   authwalk explain redirect-uri                                   exit 3
      "
    `)
  })

  test.each([60, 80, 140])('no line is wider than %i columns, and the mark stays under its character', (width) => {
    const lines = [drawFinding(finding, undefined, penAt(width)), drawSummary([finding], 3, penAt(width))].join('\n').split('\n')
    expect(lines.filter((line) => displayWidth(line) > width)).toEqual([])
    const mark = lines.findIndex((line) => line.trimStart().startsWith('^'))
    expect(lines[mark - 2]?.[lines[mark]?.indexOf('^') ?? 0]).toBe('/')
  })
})
