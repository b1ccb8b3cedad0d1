// Ratios of one run: they mean something on any machine, milliseconds only on this one.
import { bundled } from '../support/bundled.mjs'
import { processes } from './processes.mjs'
import { reports } from './reports.mjs'

process.stdout.write(`Node.js ${process.version}, ${process.platform}. Medians; the two of each ratio take turns.\n\n`)
line('what', 'ratio', 'at most', 'holds', 'measured')
await inProcess()
await processes(tell)
await reports(tell)

async function inProcess() {
  const script = await bundled(new URL('in-process.mjs', import.meta.url))
  try {
    /** @type {typeof import('./in-process.mjs')} */
    const { inProcess } = await import(script.path)
    await inProcess(tell)
  } finally {
    await script[Symbol.asyncDispose]()
  }
}

/** @param {import('./processes.mjs').Row} row */
function tell({ what, ratio, most, detail }) {
  line(what, ratio.toFixed(2), String(most), ratio <= most ? 'yes' : 'NO', detail)
}

/** @type {(what: string, ratio: string, most: string, holds: string, measured: string) => void} */
function line(what, ratio, most, holds, measured) {
  process.stdout.write(`${what.padEnd(58)}${ratio.padStart(7)}${most.padStart(9)}${holds.padStart(7)}   ${measured}\n`)
}
