import { extensionRows } from './rows/extensions.ts'
import { proveCoverage, proveRows } from './table.ts'

proveCoverage(extensionRows, 'X', [1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16])
proveRows(extensionRows, 1)
