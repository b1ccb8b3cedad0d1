import { transportRows } from './rows/transport.ts'
import { proveCoverage, proveRows } from './table.ts'

proveCoverage(transportRows, 'T', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 20, 21, 22, 23])
proveRows(transportRows, 4)
