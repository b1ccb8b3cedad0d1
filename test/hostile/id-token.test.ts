import { idTokenRows } from './rows/id-token.ts'
import { proveCoverage, proveRows } from './table.ts'

proveCoverage(idTokenRows, 'I', [1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16, 18, 19, 21, 22, 24, 25, 27, 28, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 42, 43, 45, 46, 48, 49, 50, 51, 52, 53, 54, 55, 57, 58, 60, 61])
proveRows(idTokenRows, 4)
