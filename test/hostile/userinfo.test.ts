import { userinfoRows } from './rows/userinfo.ts'
import { proveCoverage, proveRows } from './table.ts'

proveCoverage(userinfoRows, 'U', [2, 3, 5, 6, 8, 9, 11, 12, 14, 15])
proveRows(userinfoRows, 5)
