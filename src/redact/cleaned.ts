import type { WalkEvent } from '../events.ts'

/** How secrets are taken out of what is shown. */
export interface Cleaning {
  text: (text: string) => string
  /** What stands in the place of a value under this name; undefined where the value stays. */
  named: (name: string, value: string) => string | undefined
}

/** What an event says in the words of this program stays: readers tell events apart by it. */
const OURS = ['type', 'name', 'id', 'level', 'origin', 'by', 'from', 'to', 'section']

/** The event, without its secrets. */
export function cleanedEvent(event: WalkEvent, cleaning: Cleaning): WalkEvent {
  return rebuilt(event, cleaning, (name, member) => {
    if (OURS.includes(name)) return member
    return name === 'decoded' ? cleanedParts(member, cleaning) : cleaned(member, cleaning)
  })
}

/** Header and Claims: the one place in which the names, too, come from outside. */
function cleanedParts(decoded: unknown, cleaning: Cleaning): unknown {
  return rebuilt(Object(decoded), cleaning, (_, part) => cleaned(part, cleaning, cleaning.text))
}

/** Rebuilds a value with every text in it cleaned. */
export function cleaned<Value>(value: Value, cleaning: Cleaning, ofName?: (name: string) => string): Value
export function cleaned(value: unknown, cleaning: Cleaning, ofName = (name: string) => name): unknown {
  if (typeof value === 'string') return cleaning.text(value)
  if (Array.isArray(value)) return value.map((item) => cleaned(item, cleaning, ofName))
  if (typeof value !== 'object' || value === null) return value
  return rebuilt(value, cleaning, (_, member) => cleaned(member, cleaning, ofName), ofName)
}

/** An object with `name` and `value` may be replaced by its name. */
function rebuilt<Whole extends object>(whole: Whole, cleaning: Cleaning, ofMember: (name: string, member: unknown) => unknown, ofName?: (name: string) => string): Whole
function rebuilt(whole: object, { named }: Cleaning, ofMember: (name: string, member: unknown) => unknown, ofName = (name: string) => name): object {
  const result = Object.fromEntries(Object.entries(whole).map(([name, member]) => [ofName(name), ofMember(name, member)]))
  if ('name' in whole && 'value' in whole && typeof whole.name === 'string' && typeof whole.value === 'string') {
    const placeholder = named(whole.name.toLowerCase(), whole.value)
    if (placeholder !== undefined) result['value'] = placeholder
  }
  return result
}
