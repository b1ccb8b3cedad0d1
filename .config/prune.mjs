// tsc declares every module; the package needs those that the declarations of its entry name.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

const top = 'dist/types'
/** @type {Set<string>} */
const needed = new Set()

/** @param {string} file */
function need(file) {
  if (needed.has(file)) return
  needed.add(file)
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)\.ts['"]/g)) need(join(dirname(file), `${from}.d.ts`))
}

need(join(top, 'index.d.ts'))
for (const name of readdirSync(top, { recursive: true, encoding: 'utf8' })) {
  const file = join(top, name)
  if (name.endsWith('.d.ts') && !needed.has(file)) rmSync(file)
}
