import { jwksRows } from './rows/jwks.ts'
import { proveCoverage, proveRows } from './table.ts'

proveCoverage(jwksRows, 'J', [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 17])
proveRows(jwksRows, 2)
