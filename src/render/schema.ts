/** As much of JSON Schema as `transcript.schema.json` needs. */
export interface Schema {
  $ref?: string
  const?: unknown
  enum?: readonly unknown[]
  type?: string
  required?: readonly string[]
  properties?: Readonly<Record<string, Schema>>
  /** Where it is absent, there may be any. */
  additionalProperties?: boolean
  items?: Schema
  /** Told apart by the `const` of their `type`. */
  oneOf?: readonly Schema[]
  pattern?: string
  minimum?: number
  maximum?: number
}

/** What `#/$defs/…` refers to. */
export type Definitions = Readonly<Record<string, Schema>>

/**
 * The first thing in a value that its schema does not allow, in words.
 * @param place where the value is, for example `events[3].status`
 */
export function violation(value: unknown, schema: Schema, definitions: Definitions, place: string): string | undefined {
  for (const rule of RULES) {
    const problem = rule(schema, value, place, definitions)
    if (problem !== undefined) return problem
  }
  return undefined
}

type Rule = (schema: Schema, value: unknown, place: string, definitions: Definitions) => string | undefined

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isRecord,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: Number.isFinite,
  integer: Number.isInteger,
}
const LONGEST_NAME = 40

const RULES: readonly Rule[] = [
  ({ $ref }, value, place, definitions) => {
    const referred = $ref === undefined ? undefined : definitions[$ref.replace('#/$defs/', '')]
    return referred && violation(value, referred, definitions, place)
  },
  ({ const: only }, value, place) => {
    return only === undefined || value === only ? undefined : `${place} is not ${String(only)}`
  },
  ({ enum: known }, value, place) => {
    return !known || known.includes(value) ? undefined : `${place} is none of ${known.join(', ')}`
  },
  ({ type }, value, place) => (type === undefined || TYPES[type]?.(value) ? undefined : `${place} is no ${type}`),
  ({ pattern }, value, place) => {
    if (pattern === undefined || typeof value !== 'string') return undefined
    return new RegExp(pattern, 'u').test(value) ? undefined : `${place} has another form`
  },
  ({ minimum = -Infinity, maximum = Infinity }, value, place) => {
    return typeof value === 'number' && (value < minimum || value > maximum) ? `${place} is out of range` : undefined
  },
  ({ oneOf }, value, place, definitions) => {
    if (!oneOf) return undefined
    const candidates = oneOf.map((one) => resolved(one, definitions))
    const meant = candidates.find(({ properties }) => isRecord(value) && properties?.['type']?.const === value['type'])
    return meant ? violation(value, meant, definitions, place) : `${place} is of no known type`
  },
  ({ required = [] }, value, place) => {
    const missing = isRecord(value) ? required.find((name) => !Object.hasOwn(value, name)) : undefined
    return missing === undefined ? undefined : `${place} has no ${missing}`
  },
  ({ properties = {}, additionalProperties }, value, place, definitions) => {
    if (!isRecord(value)) return undefined
    for (const [name, member] of Object.entries(value)) {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined
      if (!known && additionalProperties === false) {
        return `${place} has “${name.slice(0, LONGEST_NAME)}”, which is not known`
      }
      const problem = known && violation(member, known, definitions, `${place}.${name}`)
      if (problem !== undefined) return problem
    }
    return undefined
  },
  ({ items }, value, place, definitions) => {
    if (!items || !Array.isArray(value)) return undefined
    for (const [index, item] of value.entries()) {
      const problem = violation(item, items, definitions, `${place}[${index}]`)
      if (problem !== undefined) return problem
    }
    return undefined
  },
]

function resolved(schema: Schema, definitions: Definitions): Schema {
  return (schema.$ref === undefined ? undefined : definitions[schema.$ref.replace('#/$defs/', '')]) ?? schema
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
