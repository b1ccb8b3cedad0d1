import { UsageError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import { authorizationResponseLies } from './lies/authorization-response.ts'
import { idTokenLies } from './lies/id-token.ts'
import { jwksLies } from './lies/jwks.ts'
import type { Lie } from './lies/lie.ts'
import { metadataLies } from './lies/metadata.ts'
import { resourceLies } from './lies/resource.ts'
import { tokenResponseLies } from './lies/token-response.ts'

/** Everything that the practice provider can be told to do wrong, in the order of the steps. */
export const lies: readonly Lie[] = [
  ...metadataLies,
  ...jwksLies,
  ...authorizationResponseLies,
  ...tokenResponseLies,
  ...idTokenLies,
  ...resourceLies,
]

/** @throws UsageError naming the known lies, the nearest one first */
export function findLie(id: string): Lie {
  const found = lies.find((lie) => lie.id === id)
  if (found) return found
  const ids = lies.map((lie) => lie.id)
  throw new UsageError({
    happened: `the practice provider knows no lie “${id}”`,
    means: 'A lie is named after the check that it makes fail.',
    tries: [...nearest(id, ids, 1).map((one) => `--practice=${one}`), `--practice=<lie>, where <lie> is one of ${ids.join(', ')}`],
    read: ['authwalk practice --help'],
  })
}
