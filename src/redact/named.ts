import type { Parameter, WalkEvent } from '../events.ts'
import { SHORTEST } from './spellings.ts'

/** Those that begin alike are looked for one by one. No answer has as many, and a megabyte of them would take minutes. */
const MOST_IN_A_BODY = 100

/** A body with more secret values than any answer has is taken out as a whole, for everybody. */
export function withoutHoard(event: WalkEvent, isSensitive: (name: string) => boolean): WalkEvent {
  if (event.type !== 'response') return event
  const secret = members(event.body).filter(({ name, value }) => isSensitive(name) && value.length >= SHORTEST)
  if (secret.length <= MOST_IN_A_BODY) return event
  return { ...event, body: `[body, ${event.body.length} characters]` }
}

/** Every place in which an event carries a value under its name on the wire. */
export function named(event: WalkEvent): Parameter[] {
  switch (event.type) {
    case 'value':
      return [event]
    case 'navigate':
      return event.parameters
    case 'redirect':
      // What a stranger calls a token may be any word of ours.
      return event.accepted ? event.parameters : []
    case 'request':
      return [...event.parameters, ...event.headers, ...credentials(event.headers)]
    case 'response':
      return [...event.headers, ...members(event.body)]
    case 'observed':
      return event.details
    default:
      return []
  }
}

function credentials(headers: readonly Parameter[]): Parameter[] {
  const value = headers.find(({ name }) => name.toLowerCase() === 'authorization')?.value ?? ''
  return value.startsWith('Bearer ') ? [{ name: 'access_token', value: value.slice('Bearer '.length) }] : []
}

/** Names and strings of a body, form-encoded or JSON, without parsing it: a broken body may hold a token too. */
function members(body: string): Parameter[] {
  const json = [...body.matchAll(/"([A-Za-z_]+)"\s*:\s*"((?:[^"\\]|\\.)*)"/g)].map(([, name = '', value = '']) => ({ name, value }))
  const form = /^[\w.-]+=/.test(body) ? [...new URLSearchParams(body)].map(([name, value]) => ({ name, value })) : []
  return [...json, ...form]
}
