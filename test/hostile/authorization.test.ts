import { authorizationRows } from './rows/authorization.ts'
import { proveRows } from './table.ts'

proveRows(authorizationRows, 3)
