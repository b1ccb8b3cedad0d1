// Comes into the program with NODE_OPTIONS=--import and writes down, at the very end, what the outside could not see.
import { writeFileSync } from 'node:fs'

const { CENSUS: file = '' } = process.env
delete process.env['CENSUS']
let emptied = false
process.on('beforeExit', () => {
  emptied = true
})
process.on('exit', () => {
  // maxRSS is VmHWM of /proc, in kilobytes, on every system.
  writeFileSync(file, JSON.stringify({ emptied, peak: process.resourceUsage().maxRSS, environment: process.env }))
})
