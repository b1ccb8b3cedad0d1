// Comes into a process with --import and tells its peak memory through descriptor 3.
import { writeSync } from 'node:fs'
import { peak } from '../support/peak.mjs'

process.on('exit', () => void writeSync(3, String(peak())))
