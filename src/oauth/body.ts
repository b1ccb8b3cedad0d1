import type { Parameter } from '../events.ts'

export const FORM = 'application/x-www-form-urlencoded'

/** Client metadata whose value is a list even where it holds one item, RFC 7591 2. */
const LISTS: ReadonlySet<string> = new Set(['redirect_uris', 'grant_types', 'response_types', 'contacts', 'post_logout_redirect_uris'])

/** What a POST is labelled as: a form, unless its headers say otherwise. */
export function contentTypeOf(headers: readonly Parameter[]): string {
  return headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? FORM
}

/** The parameters as the body of a POST: one JSON object where it is labelled as JSON, else a form. */
export function encodeBody(headers: readonly Parameter[], parameters: readonly Parameter[]): string {
  if (contentTypeOf(headers) !== 'application/json') {
    return new URLSearchParams(parameters.map(({ name, value }): [string, string] => [name, value])).toString()
  }
  const names = new Set(parameters.map(({ name }) => name))
  return JSON.stringify(Object.fromEntries(Array.from(names, (name) => {
    const values = parameters.flatMap((parameter) => (parameter.name === name ? [parameter.value] : []))
    return [name, LISTS.has(name) || values.length > 1 ? values : values[0]]
  })))
}
