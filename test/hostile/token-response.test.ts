import { tokenResponseRows } from './rows/token-response.ts'
import { proveCoverage, proveRows } from './table.ts'

proveCoverage(tokenResponseRows, 'K', [2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 23, 24, 25, 26, 27, 29, 30, 32])
proveRows(tokenResponseRows, 4)
