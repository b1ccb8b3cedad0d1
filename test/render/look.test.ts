import { describe, expect, test } from 'vitest'
import { lookOf } from '../../src/render/look.ts'

const terminal = { isTTY: true, columns: 100 }
const pipe = {}

describe('width', () => {
  test.each([
    [undefined, 80],
    [0, 80],
    [-1, 80],
    [Number.NaN, 80],
    [20, 40],
    [60, 60],
    [140, 120],
    [1000, 120],
    [Number.POSITIVE_INFINITY, 120],
  ])('%s columns', (columns, width) => {
    expect(lookOf(columns === undefined ? {} : { columns }, {}, 'linux').width).toBe(width)
  })
})

describe('colour', () => {
  test.each([
    ['a terminal', terminal, {}, true],
    ['a pipe', pipe, {}, false],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR, which says nothing', terminal, { NO_COLOR: '' }, true],
    ['TERM=dumb', terminal, { TERM: 'dumb' }, false],
    ['CI', terminal, { CI: '1' }, false],
    ['FORCE_COLOR in a pipe', pipe, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR in CI', terminal, { FORCE_COLOR: '', CI: 'true' }, true],
    ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
    ['both', terminal, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%s', (_name, stream, env, colour) => {
    expect(lookOf(stream, env, 'linux').colour).toBe(colour)
  })
})

describe('unicode', () => {
  test.each([
    ['no locale', 'linux', {}, true],
    ['UTF-8', 'linux', { LANG: 'de_DE.UTF-8' }, true],
    ['utf8', 'linux', { LANG: 'C.utf8' }, true],
    ['POSIX', 'linux', { LANG: 'C' }, false],
    ['LC_ALL before LANG', 'linux', { LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    ['the Linux console', 'linux', { TERM: 'linux', LANG: 'en_US.UTF-8' }, false],
    ['a dumb terminal', 'linux', { TERM: 'dumb' }, false],
    ['a mac', 'darwin', {}, true],
    ['the old Windows console', 'win32', {}, false],
    ['Windows Terminal', 'win32', { WT_SESSION: 'x' }, true],
  ])('%s', (_name, platform, env, unicode) => {
    expect(lookOf(terminal, env, platform).unicode).toBe(unicode)
  })
})
