// Comes into the program with NODE_OPTIONS=--import and writes down, at the very end, what the outside could not see.
import { readFileSync, writeFileSync } from 'node:fs'

const { CENSUS: file = '' } = process.env
delete process.env['CENSUS']
let emptied = false
process.on('beforeExit', () => {
  emptied = true
})
process.on('exit', () => {
  writeFileSync(file, JSON.stringify({ emptied, peak: peak(), environment: process.env }))
})

/** Kilobytes. On Linux maxRSS begins with that of the process which forked this one: the test runner's. */
function peak() {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
  } catch {
    return process.resourceUsage().maxRSS
  }
}
