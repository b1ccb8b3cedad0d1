import type { Row } from '../row.ts'

export const authorizationRows: readonly Row[] = [
  {
    id: 'A-01',
    says: 'everything as it should be',
    everyMode: true,
    expect: { exit: 0 },
  },
]
