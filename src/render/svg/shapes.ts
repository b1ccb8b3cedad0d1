import { clipped } from '../clip.ts'
import { escape } from '../escape.ts'
import { escapeHtml } from '../html.ts'

/** Nothing in it that a page or a terminal reads as more than a character. Most texts are so, and need no second look. */
const PLAIN = /^[\w !#$%()*+,./:;=?@[\]^{|}~-]*$/

/** Makes text from outside harmless in HTML and in XML, which knows no noncharacters. */
export function harmless(text: string): string {
  if (PLAIN.test(text)) return text
  const written = (character: string) => `\\u{${character.charCodeAt(0).toString(16)}}`
  return escapeHtml(escape(text).replace(/[\ufffe\uffff]/g, written))
}

/** What fits into a place on a drawing. */
export function fitting(text: string, characters: number): string {
  if (text.length <= characters) return text
  return clipped(text, Math.max(1, characters - 1)).replace(/… and \d+ more characters$/, '…')
}

const HALF_WAVE = 7

/** Through the browser: a wave, of whole halves, straight for what is left. */
export function wave(from: number, to: number, y: number): string {
  const halves = Math.floor(Math.abs(to - from) / HALF_WAVE)
  const step = Math.sign(to - from) * HALF_WAVE
  const first = halves > 0 ? `q${step / 2}-5.5 ${step} 0` : ''
  return `M${from} ${y}${first}${`t${step} 0`.repeat(Math.max(0, halves - 1))}H${to}`
}

/** Client and server alone. */
export function straight(from: number, to: number, y: number): string {
  return `M${from} ${y}H${to}`
}

/** The head of an arrow that points at `x`. */
export function head(x: number, y: number, direction: number): string {
  return `<path class="head" d="M${x} ${y}l${-9 * direction}-5.5v11z"/>`
}

/** Turned away. */
export function cross(x: number, y: number): string {
  return `<path class="cross" d="M${x - 5} ${y - 5}l10 10m0-10l-10 10"/>`
}

interface Place {
  x: number
  y: number
  className: string
  anchor?: 'start' | 'middle' | 'end'
}

export function label(text: string, { x, y, className, anchor = 'start' }: Place): string {
  if (text === '') return ''
  return `<text class="${className}" x="${x}" y="${y}" text-anchor="${anchor}">${harmless(text)}</text>`
}
