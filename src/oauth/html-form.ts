import type { Parameter } from '../events.ts'

export interface HtmlForm {
  action: string
  method: 'GET' | 'POST'
  fields: (Parameter & { type: string })[]
  /** The first button, which is the way on. */
  button: { label: string; name: string; value: string }
}

/** The first form of a page, or undefined. Reads what the practice provider writes, and the form that posts a response. */
export function firstForm(html: string): HtmlForm | undefined {
  const [, opening, inside] = /<form\b([^>]*)>(.*?)<\/form>/is.exec(html) ?? []
  if (opening === undefined || inside === undefined) return undefined
  const form = attributes(opening)
  const [, buttonTag = '', label = ''] = /<button\b([^>]*)>([^<]*)<\/button>/i.exec(inside) ?? []
  const button = attributes(buttonTag)
  return {
    action: form.get('action') ?? '',
    method: form.get('method')?.toLowerCase() === 'post' ? 'POST' : 'GET',
    fields: [...inside.matchAll(/<input\b([^>]*)>/gi)].map(([, tag = '']) => {
      const input = attributes(tag)
      return { name: input.get('name') ?? '', value: input.get('value') ?? '', type: input.get('type') ?? 'text' }
    }),
    button: { label: unescape(label.trim()), name: button.get('name') ?? '', value: button.get('value') ?? '' },
  }
}

/** What the page is headed with. */
export function heading(html: string): string | undefined {
  const text = /<h1\b[^>]*>(.*?)<\/h1>/is.exec(html)?.[1]
  return text === undefined ? undefined : unescape(text.replace(/<[^>]*>/g, '').trim())
}

function attributes(tag: string): Map<string, string> {
  const found = tag.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g)
  return new Map([...found].map(([, name = '', double, single = '']) => [name.toLowerCase(), unescape(double ?? single)]))
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** HTML with named and numbered characters to text. */
export function unescape(text: string): string {
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,5})|#x([\da-f]{1,4}));/gi, (entity, name: string | undefined, decimal: string | undefined, hex: string | undefined) => {
    if (name !== undefined) return characters[name.toLowerCase()] ?? entity
    return String.fromCharCode(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal))
  })
}
