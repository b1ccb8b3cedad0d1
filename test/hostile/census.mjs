// Comes into the program with NODE_OPTIONS=--import and writes down, at the very end, what the outside could not see.
import { writeFileSync } from 'node:fs'
import { peak } from '../support/peak.mjs'

const { CENSUS: file = '' } = process.env
delete process.env['CENSUS']
let emptied = false
process.on('beforeExit', () => {
  emptied = true
})
process.on('exit', () => {
  writeFileSync(file, JSON.stringify({ emptied, peak: peak(), environment: process.env }))
})
