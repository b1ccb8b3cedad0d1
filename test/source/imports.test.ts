import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type SourceFile, importsOf, readSource } from '../support/source.ts'

/** A folder of src, or a file of its top level without `.ts`. */
type Part = string

const files = readSource()

/** Who may import whom. `cli` and everybody's own part go without saying. */
const mayImport: Record<Part, readonly Part[]> = {
  index: ['checks', 'errors', 'events', 'flow', 'io', 'outside', 'redact', 'settings', 'walk'],
  events: [],
  errors: ['events'],
  nearest: [],
  outside: ['events'],
  pinned: ['errors', 'oauth', 'outside'],
  settings: ['events', 'providers'],
  redact: ['events', 'errors'],
  check: ['events', 'errors'],
  exchange: ['check', 'checks', 'events', 'errors', 'outside', 'oauth', 'diagnosis'],
  oauth: [],
  providers: ['check', 'checks', 'events', 'oauth'],
  checks: ['check', 'oauth', 'events', 'errors', 'settings', 'outside'],
  steps: ['checks', 'providers', 'check', 'exchange', 'oauth', 'events', 'errors', 'settings', 'outside', 'observations', 'redact'],
  flow: ['steps', 'pinned', 'checks', 'check', 'oauth', 'events', 'errors', 'settings', 'outside', 'observations', 'redact'],
  registration: ['check', 'checks', 'errors', 'events', 'exchange', 'outside', 'pinned', 'settings', 'steps'],
  walk: ['events', 'redact', 'errors', 'outside', 'check', 'settings', 'observations'],
  render: ['events', 'oauth', 'errors', 'transcript.schema.json'],
  io: ['outside', 'events', 'errors', 'oauth', 'render'],
  practice: ['events', 'errors', 'nearest', 'settings', 'outside', 'redact', 'check', 'observations', 'oauth', 'render'],
  observations: ['events'],
  diagnosis: ['events', 'oauth', 'providers', 'settings'],
  doctor: ['check', 'checks', 'diagnosis', 'errors', 'events', 'exchange', 'io', 'oauth', 'outside', 'providers', 'render', 'settings'],
}

/** Where a dependency may be used. */
const homes: Record<string, readonly Part[]> = {
  undici: ['io', 'practice'],
  open: ['io', 'practice'],
  'node:http': ['io', 'practice'],
  'node:https': ['io', 'practice'],
  'oidc-provider': ['practice'],
  commander: ['cli'],
  inquirer: ['cli'],
  '@inquirer/core': ['cli'],
  chalk: ['render', 'cli'],
}

describe('who may import whom', () => {
  test('nobody imports what is not theirs to import', () => {
    const stray = files.flatMap(file => strayImports(file).map(from => `${file.path} imports ${from}`))
    expect(stray).toEqual([])
  })

  test('every part has its rule', () => {
    const parts = new Set(files.map(file => partOf(file.path)))
    expect([...parts].filter(part => part !== 'cli' && !(part in mayImport))).toEqual([])
  })

  test('oauth takes nothing but types from the rest', () => {
    const values = files
      .filter(file => partOf(file.path) === 'oauth')
      .flatMap(file => file.imports.filter(({ from, typeOnly }) => !typeOnly && leaves(file, from)))
    expect(values).toEqual([])
  })
})

describe('the rule itself', () => {
  test.each([
    ["import { a } from './b.ts'", './b.ts', false],
    ["import type { a } from './b.ts'", './b.ts', true],
    ["import {\n  a,\n  type b,\n} from './b.ts'", './b.ts', false],
    ["export { a } from './b.ts'", './b.ts', false],
    ["export * from './b.ts'", './b.ts', false],
    ["import './b.ts'", './b.ts', false],
    ["const a = await import('./b.ts')", './b.ts', false],
  ])('reads %j', (text, from, typeOnly) => {
    expect(importsOf(text)).toEqual([{ from, typeOnly }])
  })

  test.each([
    ['src/render/a.ts', '../io/send.ts'],
    ['src/flow.ts', './io/send.ts'],
    ['src/steps/a.ts', '../flow.ts'],
    ['src/oauth/a.ts', '../render/a.ts'],
    ['src/io/a.ts', 'chalk'],
    ['src/flow.ts', 'undici'],
  ])('%s may not import %s', (path, from) => {
    expect(strayImports({ path, text: '', code: '', imports: [{ from, typeOnly: false }] })).toEqual([from])
  })
})

function strayImports(file: SourceFile): string[] {
  const part = partOf(file.path)
  return file.imports.map(({ from }) => from).filter(from => !isAllowed(part, from, file.path))
}

function isAllowed(part: Part, from: string, path: string): boolean {
  if (!from.startsWith('.')) return homes[from]?.includes(part) ?? true
  const other = partOf(posix.join(posix.dirname(path), from))
  return part === 'cli' || part === other || (part === 'oauth' && other === 'events') || !!mayImport[part]?.includes(other)
}

function leaves(file: SourceFile, from: string): boolean {
  return from.startsWith('.') && partOf(posix.join(posix.dirname(file.path), from)) !== partOf(file.path)
}

function partOf(path: string): Part {
  return (path.split('/')[1] ?? '').replace(/\.ts$/, '')
}
