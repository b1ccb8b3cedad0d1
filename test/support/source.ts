import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface SourceFile {
  /** From the top of the project, for example `src/flow.ts`. */
  path: string
  text: string
  /** The text without comments and without what stands in quotes. */
  code: string
  imports: Import[]
}

export interface Import {
  /** As it is written. */
  from: string
  typeOnly: boolean
}

const top = fileURLToPath(new URL('../../', import.meta.url))

export function readSource(): SourceFile[] {
  const names = readdirSync(`${top}src`, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
  return names.sort().map(name => {
    const text = readFileSync(`${top}src/${name}`, 'utf8')
    return { path: `src/${name}`, text, code: bare(text), imports: importsOf(text) }
  })
}

const importLine = /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm

export function importsOf(text: string): Import[] {
  return [...text.matchAll(importLine)].map(([, typeOnly, named, dynamic]) => ({
    from: named ?? dynamic ?? '',
    typeOnly: typeOnly !== undefined,
  }))
}

const notCode = /\/\*[\s\S]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g

export function bare(text: string): string {
  return text.replace(notCode, whole => (whole.startsWith('/') ? '' : "''"))
}
