import { discoveryRows } from './rows/discovery.ts'
import { proveCoverage, proveRows } from './table.ts'

proveCoverage(discoveryRows, 'D', [1, 2, 3, 4, 5, 7, 8, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 26, 28, 29, 30, 31, 32, 34, 35, 37, 38, 40, 41, 43, 44, 45])
proveRows(discoveryRows, 1)
