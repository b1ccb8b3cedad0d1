// Ratios of one run: they mean something on any machine, milliseconds only on this one.
import { bundled } from '../support/bundled.mjs'
import { packed } from './packed.mjs'
import { processes } from './processes.mjs'
import { reports } from './reports.mjs'

process.stdout.write(`Node.js ${process.version}, ${process.platform}. Medians; the two of each ratio take turns.\n\n`)
line('what', 'ratio', 'at most', 'holds', 'measured')
for (const name of ['in-process', 'round-trips']) await ofSource(name)
for (const bench of [processes, reports, packed]) await bench(tell)

/**
 * What imports from src has to be bundled first.
 * @param {string} name of a module that exports `bench`
 */
async function ofSource(name) {
  const script = await bundled(new URL(`${name}.mjs`, import.meta.url))
  try {
    /** @type {{ bench: (tell: (row: Row) => void) => Promise<void> }} */
    const { bench } = await import(script.path)
    await bench(tell)
  } finally {
    await script[Symbol.asyncDispose]()
  }
}

/** @typedef {import('./processes.mjs').Row} Row */

/** @param {Row} row */
function tell({ what, ratio, most, detail }) {
  line(what, ratio.toFixed(2), String(most), ratio <= most ? 'yes' : 'NO', detail)
}

/** @type {(what: string, ratio: string, most: string, holds: string, measured: string) => void} */
function line(what, ratio, most, holds, measured) {
  process.stdout.write(`${what.padEnd(58)}${ratio.padStart(7)}${most.padStart(9)}${holds.padStart(7)}   ${measured}\n`)
}
